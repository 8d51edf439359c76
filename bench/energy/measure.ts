import { loadActivations, loadWeights, type TritMatrix } from '../../model/index.ts';
import { errorOf, increments, type Verdict, verdicts } from '../../scripts/calibrate/leave-out.ts';
import { calibrate } from '../../scripts/calibrate/model.ts';
import { rebuild } from '../../scripts/calibrate/rebuild.ts';
import { readRows, usualTable } from '../../scripts/calibrate/rows.ts';
import { batchCore, vectorCore } from '../core/cores.ts';
import { atMost, forComparison, median, type Row, type Subject } from '../row.ts';
import { arrayEnergy } from './arrays.ts';
import { coreEnergy } from './core.ts';
import { measureTimed } from './timed.ts';
import { measureToggles } from './toggles.ts';
import { measureVariants } from './variants.ts';
import { measureVcd } from './vcd.ts';

const clockMHz = 48;

/** The energy model against measured currents, and what it says of the array and of the whole core. */
export const measure: Subject = async add => {
  await measureTimed(add);
  await measureToggles(add);
  await measureVcd(add);
  await measureCalibration(add);

  const path = (name: string) =>
    decodeURIComponent(new URL(`../../examples/digits/${name}`, import.meta.url).pathname);
  const product = {
    weights: loadWeights(path('weights.npy')),
    activations: loadActivations(path('test-images.npy'), { bits: 8 }),
  };
  const { array, own } = await arrayEnergy(product, clockMHz);
  add(atMost(4, '64-lane tree on UP5K, 48 MHz, digits: the array alone', own, 'pJ per MAC'));
  addBand(add, "  with the chip's clock and its static current", array.energyPjPerMac);
  await measureVariants(product, clockMHz)(add);

  // Ten rows are over before the next vectors have been written; eighty are not.
  const weights = repeated(product.weights, 8);
  for (const [name, parameters] of [
    ['the whole core with SPRAM, 40 lanes, digits', vectorCore],
    // Of eight vectors as long as these the buffer has no room for two groups.
    ['the same, 4 rows and 4 vectors for each weight', { ...batchCore, batch: 4 }],
  ] as const) {
    const { perMac, macsPerCycle, idle } = await coreEnergy(
      parameters,
      weights,
      product.activations,
      clockMHz,
    );
    add(atMost(12, `${name}, 48 MHz`, perMac.mid, 'pJ per MAC'));
    addBand(add, '  in its band', perMac);
    add(forComparison('  MACs in a cycle, sustained', macsPerCycle, ''));
    add(forComparison('  power while no job runs', idle.total.mid, 'mW'));
    add(forComparison('    of its memories', idle.byKind.memory.mid, 'mW'));
  }
};

/** A matrix so many times, one below the other. */
function repeated({ rows, columns, data }: TritMatrix, times: number): TritMatrix {
  const found = new Int8Array(times * data.length);
  for (let i = 0; i < times; i++) found.set(data, i * data.length);
  return { rows: times * rows, columns, data: found };
}

async function measureCalibration(add: (row: Row) => void): Promise<void> {
  const rows = await rebuild(readRows(usualTable), 'up5k', () => {});
  const fitted = calibrate(rows);
  const all = verdicts(rows, fitted);
  for (const row of all) addVerdict(add, row);
  const errors = all.map(row => 100 * Math.abs(errorOf(row)));
  add(atMost(10, 'error of a row that the fit has not seen: median', median(errors), '%'));
  add(atMost(20, '  worst', Math.max(...errors), '%'));
  for (const more of increments(rows, fitted)) {
    addVerdict(add, more);
    const error = 100 * Math.abs(errorOf(more));
    // Nothing is asked of the block, as its prior says next to nothing.
    const name = '    its error';
    add(more.name.includes('DSP') ? forComparison(name, error, '%') : atMost(30, name, error, '%'));
  }
}

function addVerdict(add: (row: Row) => void, { name, measured, leftOut }: Verdict): void {
  add(forComparison(`${name}: measured`, measured, 'uA'));
  add(forComparison('  predicted by a fit that has not seen it', leftOut, 'uA'));
}

function addBand(
  add: (row: Row) => void,
  name: string,
  { low, mid, high }: { readonly low: number; readonly mid: number; readonly high: number },
): void {
  for (const [which, value] of Object.entries({ low, mid, high }))
    add(forComparison(`${name}: ${which}`, value, 'pJ per MAC'));
}
