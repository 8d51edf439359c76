import type { IntMatrix, TritMatrix } from '../../../model/index.ts';
import type { Core } from '../core.ts';
import type { Product } from '../product.ts';
import { inLanes } from './column-order.ts';

/** How a product is fed: `steps` is the order of its columns, `lanes` that of `inLanes`. */
export type ColumnOrder = 'steps' | 'lanes';

/** A product with so many vectors, from the first one again where it has fewer, that it lasts for some cycles. */
export function longProduct(product: Product, core: Core, cycles: number, columns: ColumnOrder): Product {
  const { rows: m, columns: k } = product.weights;
  const n = 2 + Math.ceil((cycles + core.latency) / core.cyclesPerVector({ m, k }));
  const order = columns === 'lanes' ? inLanes(k, core.config.lanes) : undefined;
  return {
    weights: reordered(product.weights, order),
    activations: reordered(firstRows(product.activations, n), order),
  };
}

/** So many rows of a matrix, from its begin again where it has fewer. */
export function firstRows({ rows, columns, data }: IntMatrix, count: number): IntMatrix {
  const found = new Int32Array(count * columns);
  for (let row = 0; row < count; row++) {
    const from = (row % rows) * columns;
    found.set(data.subarray(from, from + columns), row * columns);
  }
  return { rows: count, columns, data: found };
}

/** The columns in another order, in which -1 stands for a column of zeros. */
export function reordered<T extends IntMatrix | TritMatrix>(
  matrix: T,
  order: readonly number[] | undefined,
): T {
  if (order === undefined) return matrix;
  const { rows, columns } = matrix;
  const size = rows * order.length;
  const data = matrix.data instanceof Int8Array ? new Int8Array(size) : new Int32Array(size);
  for (let row = 0; row < rows; row++)
    for (const [to, from] of order.entries())
      if (from >= 0) data[row * order.length + to] = matrix.data[row * columns + from]!;
  return { ...matrix, columns: order.length, data };
}
