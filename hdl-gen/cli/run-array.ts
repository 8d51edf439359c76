import { createSimulation, type TraceSink } from '../../sim/index.ts';
import { type ComparedResults, compareResults } from './compare-results.ts';
import type { Core } from './core.ts';
import { type FeedResult, feed } from './feed.ts';
import { breathe, type Interrupts } from './interrupts.ts';
import type { Product } from './product.ts';
import { Random } from './random.ts';

/** What a run of the array gave. */
export interface ArrayRun extends FeedResult, ComparedResults {
  /** How many sums should have come out. */
  readonly expectedSums: number;
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
    core,
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

  const results = { rows: activations.rows, columns, data };
  const compared = await compareResults(product, results, onProgress);
  return { ...fed, ...compared, expectedSums: beats.sums };
}
