import { matmul } from '../../sim/reference/index.ts';
import { breathe } from './interrupts.ts';
import type { Product } from './product.ts';

/** Results [N,M], one row for each vector. */
export interface ResultMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Results, and how they differ from those of plain integers. */
export interface ComparedResults {
  readonly results: ResultMatrix;
  readonly mismatches: number;
  readonly firstMismatch:
    | { readonly row: number; readonly column: number; readonly expected: number; readonly got: number }
    | undefined;
}

/** Multiplications of the reference between two looks at the rest of the world. */
const referenceBlock = 4_000_000;

/** Compares every result of a product with the integer reference. */
export async function compareResults(
  { weights, activations }: Product,
  results: ResultMatrix,
  onProgress?: (phase: string, done: number) => void,
): Promise<ComparedResults> {
  const { columns, data } = results;
  let mismatches = 0;
  let firstMismatch: ComparedResults['firstMismatch'];
  const perBlock = Math.max(1, Math.floor(referenceBlock / (columns * weights.columns)));
  for (let from = 0; from < activations.rows; from += perBlock) {
    const rows = Math.min(perBlock, activations.rows - from);
    const part = activations.data.subarray(from * activations.columns, (from + rows) * activations.columns);
    const expected = matmul(weights, { rows, columns: activations.columns, data: part });
    expected.data.forEach((value, i) => {
      const got = data[from * columns + i]!;
      if (got === value) return;
      mismatches++;
      firstMismatch ??= { row: from + Math.floor(i / columns), column: i % columns, expected: value, got };
    });
    onProgress?.('comparing with the reference', (from + rows) / activations.rows);
    await breathe();
  }
  return { results, mismatches, firstMismatch };
}
