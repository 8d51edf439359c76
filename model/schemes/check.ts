import { notFinite, shapeDiffers } from './diagnostics.ts';
import type { FloatMatrix } from './float-matrix.ts';

/**
 * Makes sure that a matrix has its numbers and that they are finite.
 * @param what names it in messages, as 'the weights'
 * @throws Diagnostic TCT-5401, TCT-5402
 */
export function checkFloats(what: string, matrix: FloatMatrix): void {
  const { rows, columns, data } = matrix;
  if (data.length === 0 || data.length !== rows * columns) throw shapeDiffers(what, matrix);
  const wrong = data.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) throw notFinite(what, data[wrong]!, Math.floor(wrong / columns), wrong % columns);
}
