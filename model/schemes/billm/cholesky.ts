/** Triangles of symmetric matrices, in float64; element (r, c) is `data[r * size + c]`. */

/**
 * The upper triangle U for which H^-1 = U^T U, of a positive definite H.
 *
 * H = R R^T with R an upper triangle too (a Cholesky factorisation that begins at the last row), so H^-1 = R^-T R^-1 and U is
 * R^-1: H is never inverted.
 *
 * @returns undefined where H is not positive definite
 */
export function inverseFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const triangle = upperFactor(matrix, size);
  return triangle && inverseOfUpper(triangle, size);
}

/** Columns of a panel: so many numbers of every row stay in the cache while what they take from the others is worked out. */
const panel = 64;

/**
 * The upper triangle R for which H = R R^T, a panel of columns at a time from the last one on: first the panel itself, then all that it
 * takes from the columns before it.
 */
function upperFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let r = 0; r < size; r++) factor.set(matrix.subarray(r * size + r, (r + 1) * size), r * size + r);
  /** Of two rows the sum of products from one column up to, but not with, another. */
  const product = (r: number, c: number, begin: number, end: number): number => {
    let sum = 0;
    for (let i = r * size + begin, j = c * size + begin; i < r * size + end; i++, j++)
      sum += factor[i]! * factor[j]!;
    return sum;
  };
  for (let end = size; end > 0; end -= panel) {
    const begin = Math.max(0, end - panel);
    for (let c = end - 1; c >= begin; c--) {
      const square = factor[c * size + c]! - product(c, c, c + 1, end);
      if (!(square > 0)) return undefined;
      const diagonal = Math.sqrt(square);
      factor[c * size + c] = diagonal;
      for (let r = 0; r < c; r++)
        factor[r * size + c] = (factor[r * size + c]! - product(r, c, c + 1, end)) / diagonal;
    }
    for (let r = 0; r < begin; r++)
      for (let c = r; c < begin; c++) factor[r * size + c]! -= product(r, c, begin, end);
  }
  return factor;
}

/** The inverse of an upper triangle, row by row from the last one: each is a sum of those below it. */
function inverseOfUpper(triangle: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let r = size - 1; r >= 0; r--) {
    const row = inverse.subarray(r * size, (r + 1) * size);
    row[r] = 1;
    for (let k = r + 1; k < size; k++) {
      const factor = triangle[r * size + k]!;
      if (factor === 0) continue;
      for (let c = k; c < size; c++) row[c]! -= factor * inverse[k * size + c]!;
    }
    const diagonal = triangle[r * size + r]!;
    for (let c = r; c < size; c++) row[c]! /= diagonal;
  }
  return inverse;
}
