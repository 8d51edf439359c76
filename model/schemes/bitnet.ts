/**
 * BitNet: weights of -1 and +1 with one scale (equations 1 to 3 and 11 of arXiv 2310.11453).
 *
 *     a = mean W      B = sign(W - a), -1 where W is a      b = mean |W|
 *     W is about b B
 */
import { checkFloats } from './check.ts';
import { type FloatMatrix, meanOf } from './float-matrix.ts';
import type { ScaledSigns } from './scaled-signs.ts';

/**
 * Quantises weights [M,K].
 * @throws Diagnostic TCT-5401, TCT-5402
 */
export function quantiseBitNet(weights: FloatMatrix): ScaledSigns {
  checkFloats('the weights', weights);
  const { rows, columns, data } = weights;
  const centre = Math.fround(meanOf(data));
  const signs = Int8Array.from(data, weight => (weight > centre ? 1 : -1));
  return { rows, columns, signs, scale: Math.fround(meanOf(data, Math.abs)) };
}
