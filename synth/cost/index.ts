/** What a circuit will take and reach, from its structure alone. */

export { blockRams } from './block-rams.ts';
export type { Routing } from './clock.ts';
export { type CostEstimate, estimateCost } from './estimate.ts';
export type { MemoryShape, PathShape, Structure } from './structure.ts';
