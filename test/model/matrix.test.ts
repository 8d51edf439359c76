import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkProduct,
  encodeNpy,
  type IntMatrix,
  loadActivations,
  loadWeights,
  type NpyArray,
  resultsToNpy,
  type TritMatrix,
} from '../../model/index.ts';
import { diagnosticOf, scratch } from './arrays.ts';

const { write } = scratch();
const save = (array: NpyArray): string => write('m.npy', encodeNpy(array));
const weights = (array: NpyArray): TritMatrix => loadWeights(save(array));
const activations = (array: NpyArray, bits = 8): IntMatrix => loadActivations(save(array), { bits });

describe('loadWeights', () => {
  test.each<[NpyArray]>([
    [{ dtype: 'int8', shape: [2, 3], data: Int8Array.of(-1, 0, 1, 1, 1, 0) }],
    [{ dtype: 'int64', shape: [2, 3], data: BigInt64Array.of(-1n, 0n, 1n, 1n, 1n, 0n) }],
    [{ dtype: 'float32', shape: [2, 3], data: Float32Array.of(-1, -0, 1, 1, 1, 0) }],
  ])('reads trits from %o', array => {
    expect(weights(array)).toEqual({ rows: 2, columns: 3, data: Int8Array.of(-1, 0, 1, 1, 1, 0) });
  });

  test('tells the first weight that is no trit, and how many there are', () => {
    const data = Float64Array.of(1, 0, -1, 0, 0.5, Number.NaN);
    const found = diagnosticOf(() => weights({ dtype: 'float64', shape: [2, 3], data }));
    expect(found.code).toBe('TCT-5012');
    expect(found.message).toMatch(/m\.npy' has the weight 0\.5 at row 1, column 1; only -1, 0 and 1 are/);
    expect(found.details).toEqual(['2 of 6 weights are not -1, 0 or 1; rows and columns count from 0']);
  });

  test('does not take a byte of 255 or a huge integer for a trit', () => {
    const byte = diagnosticOf(() => weights({ dtype: 'uint8', shape: [1, 1], data: Uint8Array.of(255) }));
    expect(byte.message).toMatch(/weight 255/);
    const large = 2n ** 64n - 1n;
    const huge = diagnosticOf(() =>
      weights({ dtype: 'uint64', shape: [1, 1], data: BigUint64Array.of(large) }),
    );
    expect(huge.message).toMatch(/weight 18446744073709551615/);
  });

  test.each([[[]], [[4]], [[2, 2, 1]], [[0, 4]], [[4, 0]]])('refuses the shape %j', shape => {
    const length = shape.reduce((product, size) => product * size, 1);
    const found = diagnosticOf(() => weights({ dtype: 'int8', shape, data: new Int8Array(length) }));
    expect(found.code).toBe('TCT-5011');
    expect(found.help).toBeDefined();
  });
});

describe('loadActivations', () => {
  test('reads [N,K], and [K] as one vector', () => {
    const data = Int16Array.of(-128, 127, 0, 5);
    expect(activations({ dtype: 'int16', shape: [2, 2], data })).toEqual({
      rows: 2,
      columns: 2,
      data: Int32Array.of(-128, 127, 0, 5),
    });
    expect(activations({ dtype: 'int16', shape: [4], data })).toMatchObject({ rows: 1, columns: 4 });
  });

  test('takes exactly the values of the signed range, for all widths', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: -70_000, max: 70_000 }),
        (bits, value) => {
          const array = { dtype: 'int32', shape: [1, 1], data: Int32Array.of(value) } as const;
          // In range where the value survives being cut to `bits` bits and sign-extended.
          if (BigInt.asIntN(bits, BigInt(value)) === BigInt(value)) {
            expect(activations(array, bits).data[0]).toBe(value);
          } else {
            expect(diagnosticOf(() => activations(array, bits)).code).toBe('TCT-5013');
          }
        },
      ),
    );
  });

  test('names element and range', () => {
    const data = Uint8Array.of(1, 2, 3, 200);
    expect(diagnosticOf(() => activations({ dtype: 'uint8', shape: [2, 2], data })).message).toMatch(
      /activation 200 at row 1, column 1; 8 signed bits hold -128 to 127/,
    );
  });

  test('takes floats that are integers, and no others', () => {
    const array = (value: number): NpyArray => ({
      dtype: 'float32',
      shape: [1],
      data: Float32Array.of(value),
    });
    expect(activations(array(-7)).data[0]).toBe(-7);
    for (const value of [0.5, Number.NaN, Infinity]) {
      expect(diagnosticOf(() => activations(array(value))).code).toBe('TCT-5014');
    }
  });

  test('refuses other shapes', () => {
    const array = { dtype: 'int8', shape: [1, 2, 2], data: new Int8Array(4) } as const;
    expect(diagnosticOf(() => activations(array)).code).toBe('TCT-5011');
  });
});

test('checkProduct names both files where K differs', () => {
  const w = { rows: 1, columns: 3, data: new Int8Array(3) };
  const x = { rows: 1, columns: 4, data: new Int32Array(4) };
  const names = { weights: 'w.npy', activations: 'x.npy' };
  expect(diagnosticOf(() => checkProduct(w, x, names)).message).toMatchInlineSnapshot(
    `"'w.npy' has 3 columns and 'x.npy' has 4; weights [M,K] and activations [N,K] must have the same K"`,
  );
  checkProduct(w, { rows: 2, columns: 3, data: new Int32Array(6) }, names);
});

describe('resultsToNpy', () => {
  test('is int32 where all fit, int64 otherwise', () => {
    const edge = [2 ** 31 - 1, -(2 ** 31)];
    expect(resultsToNpy({ rows: 1, columns: 2, data: edge })).toEqual({
      dtype: 'int32',
      shape: [1, 2],
      data: Int32Array.from(edge),
    });
    expect(resultsToNpy({ rows: 2, columns: 1, data: [2 ** 31, -5] })).toEqual({
      dtype: 'int64',
      shape: [2, 1],
      data: BigInt64Array.of(2n ** 31n, -5n),
    });
  });

  test('refuses what is no exact integer', () => {
    for (const value of [0.5, 2 ** 53, Number.NaN]) {
      expect(() => resultsToNpy({ rows: 1, columns: 1, data: [value] })).toThrow(RangeError);
    }
  });
});
