import { type Arch, ternaryArray } from '../rtl/ternary/index.ts';
import { placeFitting } from './placed.ts';
import { atLeast, atMost, forComparison, type Subject } from './row.ts';

const lanes = 64;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** Logic cells and speed of the families whose weights are an input: 64 lanes and an accumulator of 20 bits. */
export const measure: Subject = async add => {
  const folded = await place('tree-folded', 8, 'hx8k');
  add(atMost(15.2, 'tree-folded, 64 x int8, 20-bit accumulator: LC per MAC', folded.cells / lanes, 'LC'));
  add(atLeast(245, '  its Fmax on HX8K, best of 8 seeds', folded.fmaxMHz, 'MHz'));
  const small = await place('tree-folded', 8, 'up5k');
  add(atLeast(100, '  its Fmax on UP5K, best of 8 seeds', small.fmaxMHz, 'MHz'));

  const narrow = await place('tree-folded', 4, 'hx8k');
  add(atMost(9.6, 'tree-folded, 64 x int4, 20-bit accumulator: LC per MAC', narrow.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 8 seeds', narrow.fmaxMHz, 'MHz'));

  const signs = await place('binary', 8, 'hx8k');
  add(atMost(12, 'binary, 64 x int8, 20-bit accumulator: LC per MAC', signs.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 8 seeds', signs.fmaxMHz, 'MHz'));
};

/** An array without an initial value; its sums are as long as 20 bits can hold. */
function place(arch: Arch, activationBits: number, device: string): ReturnType<typeof placeFitting> {
  const maxK = 2 ** (20 - activationBits);
  const parameters = { lanes, rows: 1, activationBits, maxK, initBits: 0, pipeline: 1, arch };
  return placeFitting(ternaryArray(parameters), { device, seeds });
}
