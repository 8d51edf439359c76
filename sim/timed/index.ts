/** The simulation with time: how often each net of a placed netlist changes, with glitches. */
export { type CounterOptions, TransitionCounter } from './counter.ts';
export type { Delays, PathDelay } from './delays.ts';
export { type PlacedCircuit, readPlaced } from './read.ts';
export { type Drive, Sources, type SourcesOptions } from './sources.ts';
export {
  settledAfterPs,
  type TimedInput,
  type TimedNet,
  type TimedNetlist,
  type TimedSource,
  type TimedTable,
} from './timed-netlist.ts';
export {
  type NetTransitions,
  type TransitionRun,
  type TransitionsRequest,
  transitionRun,
} from './transitions.ts';
export { timedVerilog } from './verilog.ts';
