export { adderTree, type TreeOptions, treeLatency } from './adder-tree.ts';
export { type ArrayParameters, ternaryArray } from './array.ts';
export {
  type ArrayTiming,
  accumulatorInterval,
  type DotProductParameters,
  dotProduct,
  dotProductTiming,
  initInterval,
} from './dot-product.ts';
export type { Adder, AdderGraph, Term } from './hardwired/adder-graph.ts';
export { addersOf, planAdders } from './hardwired/plan.ts';
export { laneGate } from './lane-gate.ts';
export { streamLatency, ternaryStream } from './stream.ts';
export { encodeTrit, negations, weightCode } from './weight-code.ts';
