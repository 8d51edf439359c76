/** Co-simulation: one stimulus to several simulators, and what they say held against each other. */
export {
  type Bench,
  type BenchClock,
  type BenchPort,
  coreName,
  type Deposit,
  wrapperName,
  wrapperOf,
} from './bench.ts';
export {
  type Comparison,
  compareWitnesses,
  type Difference,
  type Score,
  type Side,
  type Witness,
} from './compare.ts';
export { cxxrtlOpinion } from './cxxrtl.ts';
export { cxxrtlHarness } from './cxxrtl-harness.ts';
export { differenceVcd, differenceWaveform } from './difference.ts';
export { icarusOpinion, icarusVersion } from './icarus.ts';
export { type NetlistOpinion, netlistOpinion } from './netlist.ts';
export { leaveOutOpenValues } from './open-values.ts';
export { type Claim, type Opinion, type Stimulus, Testimony } from './opinion.ts';
export { type Recordable, type Recorder, recorder } from './recorder.ts';
export { simulationOpinion } from './simulated.ts';
