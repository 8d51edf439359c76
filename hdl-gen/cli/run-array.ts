import { createSimulation, type TraceSink } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import type { Core } from './core.ts';
import { type FeedResult, feed } from './feed.ts';
import { breathe, type Interrupts } from './interrupts.ts';
import type { Product } from './product.ts';
import { Random } from './random.ts';

/** What a run of the array gave. */
export interface ArrayRun extends FeedResult {
  /** The results [N,M] that the simulated array computed. */
  readonly results: { readonly rows: number; readonly columns: number; readonly data: Float64Array };
  /** How many sums should have come out. */
  readonly expectedSums: number;
  readonly mismatches: number;
  readonly firstMismatch:
    | { readonly row: number; readonly column: number; readonly expected: number; readonly got: number }
    | undefined;
}

/** How a run is to be. */
export interface ArrayRunOptions {
  readonly engine?: 'compiled' | 'oracle';
  readonly seed: number;
  readonly stalls: boolean;
  readonly trace?: TraceSink | undefined;
  readonly interrupts: Interrupts;
  /** The part that is done, 0 to 1. */
  readonly onProgress?: (phase: string, done: number) => void;
}

/** Multiplications of the reference between two looks at the rest of the world. */
const referenceBlock = 4_000_000;

/** Simulates a product on a core and compares every result with the integer reference. */
export async function runArray(product: Product, core: Core, options: ArrayRunOptions): Promise<ArrayRun> {
  const { engine = 'compiled', seed, stalls, trace, interrupts, onProgress } = options;
  const { weights, activations } = product;
  const beats = core.beatsOf(product);
  const simulation = interrupts.uncovered(() => {
    return createSimulation(core.design().circuit, { engine, seed });
  });
  const columns = weights.rows;
  const data = new Float64Array(activations.rows * columns).fill(Number.NaN);
  const endTrace = trace === undefined ? undefined : simulation.trace(trace);
  const fed = await feed(simulation, beats, {
    rows: core.config.rows,
    pauses: stalls ? new Random(seed, 3) : undefined,
    onSum(sum, rows) {
      rows.forEach((value, row) => {
        const place = beats.place(sum, row);
        if (place === undefined) return;
        data[place.vector * columns + place.column] = value + beats.corrections[place.column]!;
      });
    },
    async onBlock(done) {
      onProgress?.('simulating', done);
      await breathe();
    },
  });
  endTrace?.();

  let mismatches = 0;
  let firstMismatch: ArrayRun['firstMismatch'];
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
  const results = { rows: activations.rows, columns, data };
  return { ...fed, results, expectedSums: beats.sums, mismatches, firstMismatch };
}
