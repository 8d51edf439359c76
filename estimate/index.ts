/** What an array will take on a device and reach, before anything is synthesised. */

export type { CostEstimate, Routing } from '../synth/cost/index.ts';
export { type Estimated, estimateArray } from './array.ts';
export { estimateTable } from './table.ts';
