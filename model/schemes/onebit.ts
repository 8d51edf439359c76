/**
 * OneBit: signs between two vectors (equations 3 and 4 of arXiv 2402.11295).
 *
 *     y = h * (S . (x * g))      S = sign W, +1 where W is 0      g [K], h [M]
 *     |W| is about h g^T, so W is about S * (h g^T)
 *
 * The start values of g and h are the rank-1 factorisation of |W| without negative numbers. Of such a matrix that is the first
 * pair of singular vectors (Perron and Frobenius), which a power iteration finds:
 *
 *     v = |W|^T u / |...|,   u = |W| v / |...|,   and |W| v is h at last, with g = v; both get the same norm
 *
 * A trained layer normalises what it gives (LayerNorm without weights); start values stand for W as it is.
 */
import { checkFloats } from './check.ts';
import type { FloatMatrix } from './float-matrix.ts';

/** Signs [M,K] with the vectors of their inputs and outputs. */
export interface OneBitWeights {
  readonly rows: number;
  readonly columns: number;
  /** -1 or +1 each. */
  readonly signs: Int8Array;
  /** g [K] */
  readonly inputVector: Float32Array;
  /** h [M] */
  readonly outputVector: Float32Array;
}

/** The iteration ends when no element moves by more than this part of the norm, or after so many rounds. */
const stillness = 1e-13;
const mostRounds = 1000;

/**
 * Signs and start values of weights [M,K].
 * @throws Diagnostic TCT-5401, TCT-5402
 */
export function quantiseOneBit(weights: FloatMatrix): OneBitWeights {
  checkFloats('the weights', weights);
  const { rows, columns, data } = weights;
  const { left, right } = firstSingularPair(
    rows,
    columns,
    data.map(weight => Math.abs(weight)),
  );
  return {
    rows,
    columns,
    signs: Int8Array.from(data, weight => (weight < 0 ? -1 : 1)),
    inputVector: Float32Array.from(right),
    outputVector: Float32Array.from(left),
  };
}

/** Vectors whose product is the nearest one of rank 1; each has the square root of the singular value as its norm. */
function firstSingularPair(
  rows: number,
  columns: number,
  data: Float32Array,
): { readonly left: Float64Array; readonly right: Float64Array } {
  const left = new Float64Array(rows).fill(1);
  const right = new Float64Array(columns);
  let value = 0;
  for (let round = 0; round < mostRounds; round++) {
    right.fill(0);
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) right[c]! += data[r * columns + c]! * left[r]!;
    normalise(right);
    const before = Float64Array.from(left);
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += data[r * columns + c]! * right[c]!;
      left[r] = sum;
    }
    value = normalise(left);
    if (left.every((each, r) => Math.abs(each - before[r]!) <= stillness)) break;
  }
  const root = Math.sqrt(value);
  return { left: left.map(each => each * root), right: right.map(each => each * root) };
}

/** Gives a vector the norm 1, unless it is 0; tells the norm that it had. */
function normalise(vector: Float64Array): number {
  const norm = Math.sqrt(vector.reduce((sum, each) => sum + each * each, 0));
  if (norm > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= norm;
  return norm;
}
