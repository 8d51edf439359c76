import type { IntMatrix, TritMatrix } from '../../model/index.ts';
import { encodeTrit, initInterval, negations } from '../../rtl/ternary/index.ts';
import { initTooNarrow, tooManyTerms } from './diagnostics.ts';
import { type ArrayConfig, mostTerms } from './names.ts';
import { Random } from './random.ts';

/** Weights [M,K] and activations [N,K], which may also be drawn at random. */
export interface Product {
  readonly weights: TritMatrix;
  readonly activations: IntMatrix;
}

/**
 * A product as the array takes it: one beat for each vector, each group of `rows` weight rows and each step of
 * `lanes` columns, in this order (the step varies fastest). M and K are padded with zeros.
 */
export interface Beats {
  readonly count: number;
  /** Sums that come out, one for each vector and group. */
  readonly sums: number;
  /** Beats of one sum. */
  readonly steps: number;
  isFirst(beat: number): boolean;
  isLast(beat: number): boolean;
  /** One activation for each lane. */
  x(beat: number): Int32Array;
  /** The weight codes, the lanes of row 0 first. */
  w(beat: number): Int32Array;
  /** The initial value of each row. */
  init(beat: number): Int32Array;
  /** Where row `row` of sum `sum` belongs in the results; undefined for a row of padding. */
  place(sum: number, row: number): { readonly vector: number; readonly column: number } | undefined;
  /**
   * What is to be added to column m of the results: the number of negations where the array has no initial value
   * that could hold it (`--init-bits 0`), otherwise 0.
   */
  readonly corrections: Int32Array;
}

/**
 * Cuts a product into beats.
 * @throws Diagnostic TCT-6015 for more terms than the accumulators hold, TCT-6016 for more negations than an
 *   initial value holds.
 */
export function beatsOf({ weights, activations }: Product, array: ArrayConfig): Beats {
  const { lanes, rows, initBits } = array;
  const { rows: m, columns: k } = weights;
  if (k > mostTerms(array)) throw tooManyTerms('the weights', k, mostTerms(array));
  const steps = Math.ceil(k / lanes);
  const groups = Math.ceil(m / rows);
  const sums = activations.rows * groups;

  const codes = new Int32Array(groups * steps * rows * lanes);
  const init = new Int32Array(groups * rows);
  const corrections = new Int32Array(m);
  for (let row = 0; row < m; row++) {
    const group = Math.floor(row / rows);
    const rowCodes = Array.from(weights.data.subarray(row * k, (row + 1) * k), encodeTrit);
    for (let column = 0; column < k; column++) {
      const beat = group * steps + Math.floor(column / lanes);
      codes[(beat * rows + (row % rows)) * lanes + (column % lanes)] = rowCodes[column]!;
    }
    const count = negations(rowCodes);
    if (initBits === 0) corrections[row] = count;
    else if (count > Number(initInterval(array).max)) throw initTooNarrow(row, count, initBits);
    else init[row] = count;
  }
  const padded = new Int32Array(activations.rows * steps * lanes);
  for (let vector = 0; vector < activations.rows; vector++) {
    padded.set(activations.data.subarray(vector * k, (vector + 1) * k), vector * steps * lanes);
  }

  const part = (data: Int32Array, index: number, size: number) =>
    data.subarray(index * size, (index + 1) * size);
  const groupOf = (beat: number) => Math.floor(beat / steps) % groups;
  return {
    count: sums * steps,
    sums,
    steps,
    isFirst: beat => beat % steps === 0,
    isLast: beat => beat % steps === steps - 1,
    x: beat => part(padded, Math.floor(beat / (steps * groups)) * steps + (beat % steps), lanes),
    w: beat => part(codes, groupOf(beat) * steps + (beat % steps), rows * lanes),
    init: beat => part(init, groupOf(beat), rows),
    place(sum, row) {
      const column = (sum % groups) * rows + row;
      return column < m ? { vector: Math.floor(sum / groups), column } : undefined;
    },
    corrections,
  };
}

/** The size of a product. */
export interface ProductSize {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** Weights drawn at random. Row 0 is -1 everywhere, as far as an initial value can count that. */
export function drawWeights({ m, k }: ProductSize, array: ArrayConfig, seed: number): TritMatrix {
  const random = new Random(seed, 1);
  const most = array.initBits === 0 ? k : Number(initInterval(array).max);
  const data = new Int8Array(m * k);
  for (let row = 0; row < m; row++) {
    let left = most;
    for (let column = 0; column < k; column++) {
      const drawn = row === 0 ? -1 : random.between(-1, 1);
      const trit = drawn < 0 && left === 0 ? 1 : drawn;
      if (trit < 0) left--;
      data[row * k + column] = trit;
    }
  }
  return { rows: m, columns: k, data };
}

/** Activations drawn at random. Vector 0 has the most negative value everywhere, which has no opposite. */
export function drawActivations(
  { n, k }: ProductSize,
  array: Pick<ArrayConfig, 'activationBits'>,
  seed: number,
): IntMatrix {
  const random = new Random(seed, 2);
  const max = 2 ** (array.activationBits - 1) - 1;
  const min = -max - 1;
  const data = Int32Array.from({ length: n * k }, (_, i) => (i < k ? min : random.between(min, max)));
  return { rows: n, columns: k, data };
}
