/** The four schemes: float matrices as planes of signs with scales, and activations as integers. */
export {
  type ActivationRule,
  type QuantisedActivations,
  quantiseActivations,
  scaleColumns,
} from './activations.ts';
export {
  type BillmGroup,
  type BillmLevels,
  type BillmOptions,
  type BillmWeights,
  billmGroups,
  billmValues,
  quantiseBillm,
} from './billm/billm.ts';
export type { Search } from './billm/search.ts';
export { quantiseBitNet } from './bitnet.ts';
export { quantiseB158 } from './bitnet-b158.ts';
export { checkFloats } from './check.ts';
export { inputsDiffer } from './diagnostics.ts';
export type { FloatMatrix } from './float-matrix.ts';
export { type OneBitWeights, quantiseOneBit } from './onebit.ts';
export type { ScaledSigns } from './scaled-signs.ts';
