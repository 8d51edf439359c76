import type { ProductRun } from '../../host/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import type { resultsDiffer } from './diagnostics.ts';
import type { CheckDocument } from './documents.ts';
import type { Matrices } from './load-matrices.ts';
import type { MatmulValues } from './matmul-options.ts';
import { counted } from './table.ts';

/** What came of the comparison, and the first result that is wrong. */
export interface ComparedProduct {
  readonly check: CheckDocument;
  readonly first: Parameters<typeof resultsDiffer>[2] | undefined;
}

/** Every result against plain integers. */
export function compareProduct(
  { results, cycles }: ProductRun,
  { weights, activations, bias, sources }: Matrices,
  { port, simulate, shift, relu, saturate }: MatmulValues,
): ComparedProduct {
  const expected = matmul(weights, activations).data.map((sum, i) => {
    const shifted = Math.floor((sum + (bias?.[i % weights.rows] ?? 0)) / 2 ** shift);
    if (relu && shifted < 0) return 0;
    return saturate ? Math.max(-128, Math.min(127, shifted)) : shifted;
  });
  const wrong = expected.flatMap((sum, i) => (sum === results.data[i] ? [] : [i]));
  const what =
    port !== undefined ? `the board at ${port}` : simulate === 'netlist' ? 'the netlist' : 'the board';
  const check = {
    what: `${what} against the integer reference`,
    inputs: `weights ${sources.weights}, activations ${sources.activations}`,
    cycles,
    values: expected.length,
    unit: `sums of ${counted(weights.columns, 'product')}`,
    mismatches: wrong.length,
  };
  const [at] = wrong;
  if (at === undefined) return { check, first: undefined };
  const place = { row: Math.floor(at / weights.rows), column: at % weights.rows };
  return { check, first: { ...place, expected: expected[at]!, got: results.data[at]! } };
}
