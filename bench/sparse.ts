import { ternaryArray } from '../rtl/ternary/index.ts';
import { placeFitting } from './placed.ts';
import { atMost, forComparison, type Subject } from './row.ts';

/** 64 weights a cycle, of which in each pair at most one counts, with an accumulator of exactly 20 bits. */
const parameters = {
  ...{ lanes: 64, rows: 1, activationBits: 8, maxK: 7680, initBits: 16, pipeline: 1 },
  arch: 'sparse',
} as const;
const seeds = [1, 2, 3, 4];

/** Logic cells and speed of the sparse array. */
export const measure: Subject = async add => {
  const what = '64 weights a cycle, 1:2 sparse, 20-bit accumulator and init: LC per weight, HX8K';
  const hx8k = await placeFitting(ternaryArray(parameters), { device: 'hx8k', seeds });
  add(atMost(9.8, what, hx8k.cells / parameters.lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 4 seeds', hx8k.fmaxMHz, 'MHz'));
  const up5k = await placeFitting(ternaryArray(parameters), { device: 'up5k', seeds });
  add(forComparison('  its Fmax on UP5K, best of 4 seeds', up5k.fmaxMHz, 'MHz'));
};
