import type { IntMatrix, TritMatrix } from '../../model/index.ts';
import {
  arrayLayout,
  encodeRow,
  familyOf,
  initInterval,
  mostTerms,
  paddingWeight,
  withoutBrokenPairs,
} from '../../rtl/ternary/index.ts';
import { initTooNarrow, tooManyTerms } from './diagnostics.ts';
import type { ArrayConfig } from './names.ts';
import { Random } from './random.ts';

/** Weights [M,K] and activations [N,K], which may also be drawn at random. */
export interface Product {
  readonly weights: TritMatrix;
  readonly activations: IntMatrix;
}

/**
 * A product as the array takes it: one beat for each vector, each group of `rows` weight rows and each step of
 * `lanes` columns, in this order (the step varies fastest). M and K are padded: activations with zeros, weights with zeros
 * or, where there are none, with ones.
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
  /** The codes of the weights, those of row 0 first. */
  w(beat: number): Int32Array;
  /** The initial value of each row. */
  init(beat: number): Int32Array;
  /** Where row `row` of sum `sum` belongs in the results; undefined for a row of padding. */
  place(sum: number, row: number): { readonly vector: number; readonly column: number } | undefined;
  /**
   * What is to be added to column m of the results: the constant of its weights where the array has no initial value
   * that could hold it (`--init-bits 0`), otherwise 0.
   */
  readonly corrections: Int32Array;
  /** What a row of padding gives in sum `sum`. */
  padding(sum: number): number;
}

/**
 * Cuts a product into beats.
 * @throws Diagnostic TCT-6015 for more terms than the accumulators hold, TCT-6016 for weights whose constant
 *   no initial value holds.
 */
export function beatsOf({ weights, activations }: Product, array: ArrayConfig): Beats {
  const { lanes, rows, initBits } = array;
  const { rows: m, columns: k } = weights;
  if (k > mostTerms(array)) throw tooManyTerms('the weights', k, mostTerms(array));
  const steps = Math.ceil(k / lanes);
  const groups = Math.ceil(m / rows);
  const sums = activations.rows * groups;

  const perRow = arrayLayout(array).w.length;
  const codes = new Int32Array(groups * steps * rows * perRow);
  const init = new Int32Array(groups * rows);
  const corrections = new Int32Array(m);
  const padding = paddingWeight(familyOf(array));
  for (let row = 0; row < groups * rows; row++) {
    const group = Math.floor(row / rows);
    const own = row < m ? weights.data.subarray(row * k, (row + 1) * k) : new Int8Array(k).fill(padding);
    const encoded = encodeRow(Array.from(own), array, row);
    for (const [step, beat] of encoded.codes.entries())
      codes.set(beat, ((group * steps + step) * rows + (row % rows)) * perRow);
    if (initBits === 0 && row < m) corrections[row] = encoded.constant;
    else if (initInterval(array).contains(BigInt(encoded.constant))) init[row] = encoded.constant;
    else throw initTooNarrow(row, encoded.constant, initBits);
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
    w: beat => part(codes, groupOf(beat) * steps + (beat % steps), rows * perRow),
    init: beat => part(init, groupOf(beat), rows),
    place(sum, row) {
      const column = (sum % groups) * rows + row;
      return column < m ? { vector: Math.floor(sum / groups), column } : undefined;
    },
    corrections,
    padding(sum) {
      if (padding === 0) return 0;
      const vector = Math.floor(sum / groups);
      return activations.data.subarray(vector * k, (vector + 1) * k).reduce((total, x) => total + x, 0);
    },
  };
}

/** The size of a product. */
export interface ProductSize {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/**
 * Weights drawn at random. Row 0 is -1 wherever a weight can be. Where an initial value cannot hold the constant of a row,
 * some of its weights -1 become +1, from the end, until it can.
 */
export function drawWeights({ m, k }: ProductSize, array: ArrayConfig, seed: number): TritMatrix {
  const random = new Random(seed, 1);
  const kind = familyOf(array).weights;
  const draw = () => (kind === 'binary' ? 2 * random.between(0, 1) - 1 : random.between(-1, 1));
  const data = new Int8Array(m * k);
  for (let row = 0; row < m; row++) {
    const own = data.subarray(row * k, (row + 1) * k);
    for (let column = 0; column < k; column++) own[column] = row === 0 ? -1 : draw();
    if (kind === 'sparse') own.set(withoutBrokenPairs(Array.from(own)));
    for (let kept = k; !hasInit(own, array); kept = Math.floor(kept / 2)) {
      for (let column = kept >> 1; column < kept; column++) if (own[column] === -1) own[column] = 1;
    }
  }
  return { rows: m, columns: k, data };
}

/** Whether an initial value can hold the constant of these weights, or none is asked to. */
function hasInit(weights: Int8Array, array: ArrayConfig): boolean {
  if (array.initBits === 0) return true;
  return initInterval(array).contains(BigInt(encodeRow(Array.from(weights), array).constant));
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
