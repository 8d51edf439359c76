/** What an array will take on a device and reach, before anything is synthesised. */

export { blockRams, type CostEstimate, type Routing } from '../synth/cost/index.ts';
export { type Estimated, estimateArray } from './array.ts';
export { estimateTable } from './table.ts';
