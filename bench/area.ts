import { ternaryArray, ternaryStream } from '../rtl/ternary/index.ts';
import { measure as measureFamilies } from './families.ts';
import { measure as comparePeers } from './peers/measure.ts';
import { placeFitting } from './placed.ts';
import { atLeast, atMost, forComparison, type Subject } from './row.ts';
import { measure as measureSparse } from './sparse.ts';
import { measure as measureTables } from './tables.ts';

const lanes = 64;
const seeds = [1, 2, 3, 4];

/** 64 lanes whose accumulator needs exactly 20 bits: 3,840 products of int8 and an initial value of 16 bits. */
const parameters = { lanes, rows: 1, activationBits: 8, maxK: 3840, initBits: 16, pipeline: 1 };

/** Logic cells and speed of the array, and of its peers in the same wrapper. */
export const measure: Subject = async add => {
  const array20 = await placeFitting(ternaryArray(parameters), { device: 'hx8k', seeds });
  add(
    atMost(
      18.6,
      '64 x int8 array, 20-bit accumulator and init: LC per MAC, HX8K',
      array20.cells / lanes,
      'LC',
    ),
  );
  add(atLeast(210, '  its Fmax on HX8K, best of 4 seeds', array20.fmaxMHz, 'MHz'));

  const up5k = await placeFitting(ternaryArray(parameters), { device: 'up5k', seeds });
  add(atLeast(85, '  its Fmax on UP5K, best of 4 seeds', up5k.fmaxMHz, 'MHz'));

  const stream = await placeFitting(ternaryStream(parameters), { device: 'hx8k', seeds: [1] });
  add(forComparison('the same as a valid/ready stream, delay of init included', stream.cells / lanes, 'LC'));

  await measureFamilies(add);
  await measureSparse(add);
  await measureTables(add);
  await comparePeers(add);
};
