/*
 * A layer under one of the schemes, and what has to come out of it, told from the scheme's own numbers: its signs, masks, scales and means.
 * Nothing here looks at planes or at what the plan makes of them.
 */
import {
  type LinearPlan,
  planOfBillm,
  planOfOneBit,
  planOfSigns,
  type Scheme,
} from '../../../model/plan/index.ts';
import {
  type BillmWeights,
  billmValues,
  type FloatMatrix,
  quantiseB158,
  quantiseBillm,
  quantiseBitNet,
  quantiseOneBit,
} from '../../../model/schemes/index.ts';
import { drawFloats, generator, kinds } from '../schemes/draw-floats.ts';

export interface SchemeCase {
  readonly plan: LinearPlan;
  readonly inputs: FloatMatrix;
  /** The sums of each product for vectors of integers [N,K], in the order vector, block, row. */
  sums(integers: Int32Array): number[][];
  /** The weights [M,K] that the planes stand for, without the input vector. */
  readonly values: Float64Array;
}

export interface CaseShape {
  readonly seed: number;
  readonly rows: number;
  readonly columns: number;
  readonly vectors: number;
  readonly columnsPerBlock?: number;
}

/** A layer that is drawn at random. */
export function schemeCase(
  scheme: Scheme,
  { seed, rows, columns, vectors, columnsPerBlock = 128 }: CaseShape,
): SchemeCase {
  const kind = kinds[seed % kinds.length]!;
  const weights = drawFloats(seed, rows, columns, kind);
  const inputs = drawFloats(seed + 1, vectors, columns, 'tail');
  const bias = seed % 2 === 0 ? drawFloats(seed + 2, 1, rows).data : undefined;
  const plain = (signs: Int8Array) => (integers: Int32Array) => [
    inBlocks(integers, columns, columns, rows, (row, column) => signs[row * columns + column]!),
  ];
  if (scheme === 'billm') {
    const found = quantiseBillm(weights, drawFloats(seed + 3, columns + 8, columns), {
      columnsPerBlock,
      search: seed % 2 === 0 ? 'saliency' : 'weights',
    });
    const sums = (integers: Int32Array): number[][] => billmSums(found, integers);
    return { plan: planOfBillm(found, { bias }), inputs, sums, values: billmValues(found) };
  }
  if (scheme === 'onebit') {
    const found = quantiseOneBit(weights);
    const values = Float64Array.from(
      found.signs,
      (sign, i) => sign * found.outputVector[Math.floor(i / columns)]!,
    );
    return { plan: planOfOneBit(found, { bias }), inputs, sums: plain(found.signs), values };
  }
  const found = scheme === 'b158' ? quantiseB158(weights) : quantiseBitNet(weights);
  const values = Float64Array.from(found.signs, sign => sign * found.scale);
  return { plan: planOfSigns(scheme, found, { bias }), inputs, sums: plain(found.signs), values };
}

/** A shape for a campaign: mostly small, now and then larger than a core. */
export function shapeOf(seed: number): CaseShape {
  const uniform = generator(seed);
  const upTo = (most: number): number => 1 + Math.floor(most * uniform());
  const isLarge = uniform() < 0.1;
  return {
    seed,
    rows: upTo(isLarge ? 200 : 24),
    columns: upTo(isLarge ? 500 : 160),
    vectors: upTo(4),
    columnsPerBlock: uniform() < 0.5 ? 128 : 4 + upTo(60),
  };
}

/** BiLLM's integers: for each block the sums under signs and masks. */
function billmSums(
  { rows, columns, columnsPerBlock, signs, residual, isSalient, isHigh }: BillmWeights,
  integers: Int32Array,
): number[][] {
  const row = (m: number): { readonly plane: number; readonly m: number } => ({
    plane: Math.floor(m / rows),
    m: m % rows,
  });
  const salient = (r: number, column: number): number => {
    const { plane, m } = row(r);
    if (isSalient[column] === 0) return 0;
    return plane === 2 ? 1 : [signs, residual][plane]![m * columns + column]!;
  };
  const beside = (r: number, column: number): number => {
    const { plane, m } = row(r);
    if (isSalient[column] === 1) return 0;
    const i = m * columns + column;
    if (plane === 3) return 1;
    if (plane === 2) return isHigh[i] === 0 ? 1 : 0;
    return isHigh[i] === plane ? signs[i]! : 0;
  };
  return [
    inBlocks(integers, columns, columnsPerBlock, 2 * rows + 1, salient),
    inBlocks(integers, columns, columnsPerBlock, 3 * rows + 1, beside),
  ];
}

/** Sums of weights times integers, for each vector, block and row. */
function inBlocks(
  integers: Int32Array,
  columns: number,
  columnsPerBlock: number,
  rows: number,
  weight: (row: number, column: number) => number,
): number[] {
  const sums: number[] = [];
  for (let begin = 0; begin < integers.length; begin += columns)
    for (let block = 0; block < columns; block += columnsPerBlock)
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        for (let column = block; column < Math.min(columns, block + columnsPerBlock); column++)
          sum += weight(row, column) * integers[begin + column]!;
        sums.push(sum);
      }
  return sums;
}
