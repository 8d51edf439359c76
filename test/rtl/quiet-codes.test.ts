import { expect, test } from 'vitest';
import { encodeRow } from '../../rtl/ternary/index.ts';

/*
 * What a weight 0 leaves free in the codes is chosen so that little changes from beat to beat. That the sums stay right is tested
 * with all others, in array.test.ts and in test/rtl/core; that less changes, in quiet-codes.long.test.ts.
 */

const parameters = { rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 } as const;

test('a lane with a weight 0 keeps the sign of the beat before, which counts as a negation', () => {
  const array = { ...parameters, lanes: 3, arch: 'tree' } as const;
  expect(encodeRow([-1, 1, 0, 0, 0, 0, 0, 1, -1], array)).toEqual({
    codes: [
      [3, 1, 0],
      [2, 0, 0],
      [2, 1, 3],
    ],
    constant: 1 + 1 + 2,
  });
});

test('so does what fills up a beat, if the sum has room for more products', () => {
  const array = { ...parameters, lanes: 3, arch: 'tree' } as const;
  const last = (maxK: number) => encodeRow([-1, 1, -1, 0], { ...array, maxK }).codes.at(-1);
  expect(last(6)).toEqual([2, 0, 2]);
  expect(last(5)).toEqual([2, 0, 0]);
});

test.each([
  ['an initial value that cannot hold what is counted then', { initBits: 3 }],
  ['weights that are packed as trits', { encoding: '5in8' }],
] as const)('weights 0 have their own code with %s', (_, change) => {
  const array = { ...parameters, lanes: 2, arch: 'tree', ...change } as const;
  expect(encodeRow([-1, -1, 0, 0], array)).toEqual({
    codes: [
      [3, 3],
      [0, 0],
    ],
    constant: 2,
  });
});
