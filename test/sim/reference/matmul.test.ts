import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IntegerMatrix, matmul } from '../../../sim/reference/index.ts';

const matrix = (rows: number, columns: number, element: fc.Arbitrary<number>): fc.Arbitrary<IntegerMatrix> =>
  fc
    .array(element, { minLength: rows * columns, maxLength: rows * columns })
    .map(data => ({ rows, columns, data }));

const problem = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }))
  .chain(([m, n, k]) =>
    fc.record({
      weights: matrix(m, k, fc.constantFrom(-1, 0, 1)),
      activations: matrix(n, k, fc.integer({ min: -32768, max: 32767 })),
      init: fc.array(fc.integer(), { minLength: m, maxLength: m }),
    }),
  );

describe('matmul', () => {
  test('computes a small product as by hand', () => {
    const weights = { rows: 2, columns: 3, data: [1, 0, -1, -1, 1, 1] };
    const activations = { rows: 2, columns: 3, data: [10, 20, 30, -128, 127, 5] };
    expect(matmul(weights, activations)).toEqual({ rows: 2, columns: 2, data: [-20, 40, -133, 260] });
    expect(matmul(weights, activations, [1000, -1]).data).toEqual([980, 39, 867, 259]);
  });

  test('agrees with sums of BigInts that are picked and not multiplied', () => {
    fc.assert(
      fc.property(problem, ({ weights, activations, init }) => {
        const y = matmul(weights, activations, init);
        for (let m = 0; m < weights.rows; m++) {
          for (let n = 0; n < activations.rows; n++) {
            let sum = BigInt(init[m]!);
            Array.from(weights.data)
              .slice(m * weights.columns, (m + 1) * weights.columns)
              .forEach((weight, k) => {
                const x = BigInt(activations.data[n * activations.columns + k]!);
                if (weight === 1) sum += x;
                if (weight === -1) sum -= x;
              });
            expect(y.data[n * weights.rows + m]).toBe(Number(sum));
          }
        }
      }),
    );
  });

  test('of the identity gives the activations back, and never a negative zero', () => {
    const identity = { rows: 3, columns: 3, data: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
    const activations = { rows: 1, columns: 3, data: [-7, 0, 9] };
    expect(matmul(identity, activations).data).toEqual([-7, 0, 9]);
  });

  test.each<[string, IntegerMatrix, IntegerMatrix, number[]?]>([
    ['another K', { rows: 1, columns: 2, data: [1, 1] }, { rows: 1, columns: 1, data: [1] }],
    ['a weight of 2', { rows: 1, columns: 1, data: [2] }, { rows: 1, columns: 1, data: [1] }],
    ['a fraction', { rows: 1, columns: 1, data: [1] }, { rows: 1, columns: 1, data: [0.5] }],
    ['missing elements', { rows: 2, columns: 1, data: [1] }, { rows: 1, columns: 1, data: [1] }],
    ['too few initial values', { rows: 1, columns: 1, data: [1] }, { rows: 1, columns: 1, data: [1] }, []],
    [
      'a sum beyond 2^53',
      { rows: 1, columns: 1, data: [1] },
      { rows: 1, columns: 1, data: [1] },
      [2 ** 53 - 1],
    ],
  ])('refuses %s', (_, weights, activations, init) => {
    expect(() => matmul(weights, activations, init)).toThrow(RangeError);
  });
});
