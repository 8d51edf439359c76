/**
 * Ternary weights and what they are multiplied by: the weight number i is `trits[i] * scales[floor(i / weightsPerScale)]`.
 * One scale for all weights is the case `weightsPerScale = trits.length`.
 */
export interface ScaledTrits {
  /** -1, 0 or +1 each, the last axis varies fastest. */
  readonly trits: Int8Array;
  readonly scales: Float32Array;
  readonly weightsPerScale: number;
}
