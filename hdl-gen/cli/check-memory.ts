import { SimulatedPort, TernaryDevice } from '../../host/index.ts';
import { type CoreParameters, partsOf } from '../../model/core/index.ts';
import { ternaryCore } from '../../rtl/core/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { elaborate } from '../lang/index.ts';
import type { Check } from './check.ts';
import { compareResults } from './compare-results.ts';
import { sessionSize } from './core-session.ts';
import { resultsDiffer } from './diagnostics.ts';
import type { Interrupts } from './interrupts.ts';
import type { MemorySubject } from './memory-subject.ts';
import { drawActivations, drawWeights, type ProductSize } from './product.ts';
import { counted } from './table.ts';

/** A product that shows what the core can do, and that it holds as a whole. */
function usualSize(core: CoreParameters): ProductSize {
  const { lanes, rows, batch, maxK, activationDepth } = core;
  const k = Math.min(maxK, lanes * Math.max(1, Math.min(16, Math.floor(activationDepth / 2 / batch))));
  for (let tiles = 16; tiles > 1; tiles /= 2) {
    const m = tiles * rows;
    const parts = partsOf({ rows: m, columns: k, columnsPerBlock: k }, core);
    if (parts?.flat().length === 1) return { m, k, n: 4 * batch };
  }
  return sessionSize(core);
}

/** A seeded product on the core, at the port that its interface leads to, against the integer reference. */
export async function checkMemory(
  { core, array }: MemorySubject,
  seed: number,
  interrupts: Interrupts,
): Promise<Check> {
  const size = usualSize(core);
  const weights = drawWeights(size, array, seed);
  const activations = drawActivations(size, array.config, seed);
  const simulation = interrupts.uncovered(() =>
    createSimulation(elaborate(ternaryCore(core)).circuit, { seed }),
  );
  const device = await TernaryDevice.over(new SimulatedPort('the simulated core', simulation), core);
  await device.loadWeights(weights);
  const { results, cycles } = await device.matmul(activations);
  const { mismatches, firstMismatch } = await compareResults({ weights, activations }, results);
  const values = results.data.length;
  const document = {
    what: 'simulated core, at the port behind its interface, against the integer reference',
    inputs: `weights and activations drawn with seed ${seed}`,
    cycles,
    values,
    unit: `sums of ${counted(size.k, 'product')}`,
    mismatches,
  };
  const ofPeak = (size.m * size.k * size.n) / (cycles * core.lanes * core.rows);
  const kept = { product: size, ofPeak };
  if (firstMismatch === undefined) return { document, kept };
  return { document, kept, failure: resultsDiffer(mismatches, values, firstMismatch) };
}
