import { tableStream } from '../rtl/ternary/index.ts';
import { placeFitting } from './placed.ts';
import { forComparison, type Subject } from './row.ts';

/** Int8, and the sums of 512 rows in 21 bits. */
const common = { rows: 1, activationBits: 8, maxK: 4096, maxM: 512, initBits: 16, pipeline: 1 };
const lanes = 65;
const seeds = [1, 2];

/** As many tables as block RAMs are left beside three for the sums. */
const fullChips = [
  { device: 'hx8k', lanes: 145 },
  { device: 'up5k', lanes: 135 },
];

/** Logic cells and speed of the family `table` between its streams, with its fillers and the memory of its sums. */
export const measure: Subject = async add => {
  for (const device of ['hx8k', 'up5k']) {
    const { cells, fmaxMHz } = await placeFitting(tableStream({ ...common, lanes }), { device, seeds });
    const name = device.toUpperCase();
    add(forComparison(`table, 65 x int8, sums of 512 rows, ${name}: LC per MAC`, cells / lanes, 'LC'));
    add(forComparison('  its Fmax, best of 2 seeds', fmaxMHz, 'MHz'));
  }
  for (const { device, lanes: all } of fullChips) {
    const { cells, fmaxMHz } = await placeFitting(tableStream({ ...common, lanes: all }), { device, seeds });
    const name = device.toUpperCase();
    add(forComparison(`table, all block RAMs of an ${name}, ${all} lanes: LC per MAC`, cells / all, 'LC'));
    add(forComparison('  its peak rate, best of 2 seeds', (all * fmaxMHz) / 1000, 'GMAC/s'));
  }
};
