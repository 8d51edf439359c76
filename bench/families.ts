import { type ArrayParameters, ternaryArray } from '../rtl/ternary/index.ts';
import { placeFitting } from './placed.ts';
import { atLeast, atMost, forComparison, type Subject } from './row.ts';

const lanes = 64;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** Logic cells and speed of the families whose weights are an input: 64 lanes and an accumulator of 20 bits. */
export const measure: Subject = async add => {
  const folded = await place({ arch: 'tree-folded', cut: 10 }, 'hx8k');
  const name = 'tree-folded, 64 x int8, 20-bit accumulator, cut into pieces of 10';
  add(atMost(15.2, `${name}: LC per MAC`, folded.cells / lanes, 'LC'));
  add(atLeast(245, '  its Fmax on HX8K, best of 8 seeds', folded.fmaxMHz, 'MHz'));
  const small = await place({ arch: 'tree-folded', cut: 10 }, 'up5k');
  add(atLeast(100, '  its Fmax on UP5K, best of 8 seeds', small.fmaxMHz, 'MHz'));

  const whole = await place({ arch: 'tree-folded' }, 'hx8k');
  add(forComparison('the same, its sums whole: LC per MAC', whole.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 8 seeds', whole.fmaxMHz, 'MHz'));

  const narrow = await place({ arch: 'tree-folded', activationBits: 4 }, 'hx8k');
  add(atMost(9.6, 'tree-folded, 64 x int4, 20-bit accumulator: LC per MAC', narrow.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 8 seeds', narrow.fmaxMHz, 'MHz'));

  const signs = await place({ arch: 'binary' }, 'hx8k');
  add(atMost(12, 'binary, 64 x int8, 20-bit accumulator: LC per MAC', signs.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 8 seeds', signs.fmaxMHz, 'MHz'));

  const block = await place({ arch: 'tree-folded', accumulator: 'dsp' }, 'up5k');
  add(forComparison('tree-folded, 64 x int8, sums in a DSP block: LC per MAC', block.cells / lanes, 'LC'));
  add(forComparison('  its Fmax on UP5K, best of 8 seeds', block.fmaxMHz, 'MHz'));

  const stored = await place({ arch: 'tree' }, 'hx8k', [1]);
  const counted = await place({ arch: 'tree', negations: 'counted' }, 'hx8k', [1]);
  const what = 'tree, 64 x int8: LC per MAC that it takes to count the weights -1';
  add(forComparison(what, (counted.cells - stored.cells) / lanes, 'LC'));
};

/** An array without an initial value; its sums are as long as 20 bits can hold. */
function place(
  some: Partial<ArrayParameters>,
  device: string,
  tried: readonly number[] = seeds,
): ReturnType<typeof placeFitting> {
  const { activationBits = 8 } = some;
  const maxK = 2 ** (20 - activationBits) - (some.negations === 'counted' ? 1 : 0);
  const parameters = { lanes, rows: 1, activationBits, maxK, initBits: 0, pipeline: 1, ...some };
  return placeFitting(ternaryArray(parameters), { device, seeds: tried });
}
