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

/** The upper triangle R for which H = R R^T. */
function upperFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let c = size - 1; c >= 0; c--)
    for (let r = c; r >= 0; r--) {
      let rest = matrix[r * size + c]!;
      for (let k = c + 1; k < size; k++) rest -= factor[r * size + k]! * factor[c * size + k]!;
      if (r === c) {
        if (!(rest > 0)) return undefined;
        factor[c * size + c] = Math.sqrt(rest);
      } else factor[r * size + c] = rest / factor[c * size + c]!;
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
