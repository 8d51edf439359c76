/**
 * BitNet b1.58: weights of -1, 0 and +1 with one scale, "absmean" (equations 1 and 2 of arXiv 2402.17764).
 *
 *     s = 1 / max(mean |W|, 1e-5)      T = clamp(round(W s), -1, 1)
 *     W is about T / s
 *
 * The arithmetic is that of float32, as in WeightQuant of transformers, so that the trits are the same.
 */
import { checkFloats } from './check.ts';
import { type FloatMatrix, meanOf, roundHalfEven } from './float-matrix.ts';
import type { ScaledSigns } from './scaled-signs.ts';

/**
 * Quantises weights [M,K].
 * @throws Diagnostic TCT-5401, TCT-5402
 */
export function quantiseB158(weights: FloatMatrix): ScaledSigns {
  checkFloats('the weights', weights);
  const { rows, columns, data } = weights;
  const factor = Math.fround(1 / Math.max(Math.fround(meanOf(data, Math.abs)), Math.fround(1e-5)));
  const signs = Int8Array.from(data, weight =>
    Math.max(-1, Math.min(1, roundHalfEven(Math.fround(weight * factor)))),
  );
  return { rows, columns, signs, scale: 1 / factor };
}
