/**
 * The plan of BiLLM: two products, both flushed at the end of each block of columns.
 *
 *     salient   over the salient columns alone, each block filled up to that with the most of them
 *               [ signs    M rows ]   a1
 *               [ residual M rows ]   a2
 *               [ ones     1 row  ]   m1 + m2, for all outputs
 *     groups    over all columns
 *               [ low      M rows ]   a3
 *               [ high     M rows ]   a4
 *               [ is low   M rows ]   m3 - m4
 *               [ beside   1 row  ]   m4, for all outputs: 1 beside the salient columns
 *
 * The mean of a group is added to each of its weights, so it scales the sum of the inputs under its mask. The masks of low and high
 * fill the columns beside the salient ones, so m3 (low . q) + m4 (high . q) = (m3 - m4) (low . q) + m4 (beside . q), which saves a plane.
 */
import type { BillmWeights } from '../schemes/index.ts';
import type { IntegerProduct, LayerExtras, LinearPlan, PlanTerm } from './linear-plan.ts';

export function planOfBillm(weights: BillmWeights, { bias }: LayerExtras = {}): LinearPlan {
  const { rows, columns, levels } = weights;
  const { salient, residual, low, high } = levels;
  const term = (product: number, plane: number, scales: ArrayLike<number>): PlanTerm => ({
    ...{ product, firstRow: plane * rows, isShared: false, scales: Float64Array.from(scales) },
  });
  const both = (a: Float32Array, b: Float32Array, sign: 1 | -1): Float64Array =>
    Float64Array.from(a, (each, i) => each + sign * b[i]!);
  return {
    scheme: 'billm',
    rows,
    columns,
    rule: 'absmax',
    products: [salientProduct(weights), groupProduct(weights)],
    terms: [
      term(0, 0, salient.scales),
      term(0, 1, residual.scales),
      { ...term(0, 2, both(salient.means, residual.means, 1)), isShared: true },
      term(1, 0, low.scales),
      term(1, 1, high.scales),
      term(1, 2, both(low.means, high.means, -1)),
      { ...term(1, 3, high.means), isShared: true },
    ],
    isNormalised: false,
    ...(bias && { bias }),
  };
}

function salientProduct({ rows, columns, columnsPerBlock, ...weights }: BillmWeights): IntegerProduct {
  const { signs, residual, isSalient } = weights;
  const blocks = Array.from({ length: Math.ceil(columns / columnsPerBlock) }, (_, b) =>
    Array.from(isSalient.subarray(b * columnsPerBlock, (b + 1) * columnsPerBlock).entries())
      .filter(([, is]) => is === 1)
      .map(([c]) => b * columnsPerBlock + c),
  );
  const width = Math.max(...blocks.map(({ length }) => length));
  const inputs = Int32Array.from(
    blocks.flatMap(block => [...block, ...Array<number>(width - block.length).fill(-1)]),
  );
  const data = new Int8Array((2 * rows + 1) * inputs.length);
  for (const [i, input] of inputs.entries()) {
    if (input < 0) continue;
    for (let row = 0; row < rows; row++) {
      data[row * inputs.length + i] = signs[row * columns + input]!;
      data[(rows + row) * inputs.length + i] = residual[row * columns + input]!;
    }
    data[2 * rows * inputs.length + i] = 1;
  }
  return {
    name: 'salient',
    planes: { rows: 2 * rows + 1, columns: inputs.length, data },
    columnsPerBlock: width,
    inputs,
  };
}

function groupProduct({ rows, columns, columnsPerBlock, ...weights }: BillmWeights): IntegerProduct {
  const { signs, isSalient, isHigh } = weights;
  const size = rows * columns;
  const data = new Int8Array(3 * size + columns);
  for (let i = 0; i < size; i++) {
    if (isSalient[i % columns] === 1) continue;
    data[isHigh[i] === 1 ? size + i : i] = signs[i]!;
    data[2 * size + i] = 1 - isHigh[i]!;
  }
  for (let c = 0; c < columns; c++) data[3 * size + c] = 1 - isSalient[c]!;
  return {
    name: 'groups',
    planes: { rows: 3 * rows + 1, columns, data },
    columnsPerBlock: Math.min(columnsPerBlock, columns),
  };
}
