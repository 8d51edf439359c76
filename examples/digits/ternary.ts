/**
 * Ternarisation as in BitNet b1.58 (arXiv 2402.17764): a weight is divided by the mean of all absolute values and
 * rounded to the nearest of -1, 0, 1.
 */

/** Writes the trits of `weights` into `trits` (the same length). */
export function ternarise(weights: Float64Array, trits: Int8Array): void {
  let sum = 0;
  for (const weight of weights) sum += Math.abs(weight);
  // Not zero even for weights that are all zero.
  const half = Math.max(sum / weights.length, 1e-5) / 2;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    trits[i] = weight > half ? 1 : weight < -half ? -1 : 0;
  }
}
