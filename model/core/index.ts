/** Matrices, vectors and results as the words that a host writes to and reads from a core. */
export { type CoreParameters, configurationOf } from '../../rtl/core/index.ts';
export { ActivationHalves, type HalfChoice } from './activation-halves.ts';
export { packActivations } from './activations.ts';
export type { HostWord } from './host-word.ts';
export {
  type BlockedShape,
  cyclesOf,
  type Part,
  partsOf,
  type Traffic,
  trafficOf,
} from './parts.ts';
export { type ResultRun, resultCount, resultRuns, unpackResults } from './results.ts';
export { type CoreShape, type CoreWeightOptions, type CoreWeights, packWeights } from './weights.ts';
