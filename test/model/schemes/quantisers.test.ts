import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  quantiseActivations,
  quantiseB158,
  quantiseBitNet,
  quantiseOneBit,
  scaleColumns,
} from '../../../model/schemes/index.ts';
import { matrixOf, numbersOf, roundingsApart, vectors } from './vectors.ts';

/* Quantisers against what PyTorch and the BitNet code of transformers made of the same numbers. */

const cases = vectors.cases.map(each => [`${each.kind} [${each.weights.shape}]`, each] as const);

describe.each(cases)('%s', (_, { weights, inputs, b158, bitnet, onebit }) => {
  const floats = matrixOf(weights);

  test('BitNet b1.58: the trits of transformers, the scale within two roundings', () => {
    const { signs, scale } = quantiseB158(floats);
    expect([...signs]).toEqual(numbersOf(b158.trits));
    expect(roundingsApart(1 / scale, numbersOf(b158.scale)[0]!)).toBeLessThanOrEqual(2);
  });

  test('BitNet: the signs, the scale within two roundings', () => {
    const { signs, scale } = quantiseBitNet(floats);
    expect([...signs]).toEqual(numbersOf(bitnet.signs));
    expect(roundingsApart(scale, numbersOf(bitnet.scale)[0]!)).toBeLessThanOrEqual(2);
  });

  test('OneBit: the signs, and the product of the vectors that SVD and NMF find', () => {
    const { rows, columns, signs, inputVector, outputVector } = quantiseOneBit(floats);
    expect([...signs]).toEqual(numbersOf(onebit.signs));
    const product = Array.from(
      { length: rows * columns },
      (_, i) => outputVector[Math.floor(i / columns)]! * inputVector[i % columns]!,
    );
    const most = Math.max(...product);
    const away = (other: readonly number[]): number =>
      Math.max(...product.map((each, i) => Math.abs(each - other[i]!))) / most;
    expect(away(numbersOf(onebit.svdProduct))).toBeLessThan(1e-6);
    // scikit-learn's coordinate descent ends a little earlier.
    expect(away(numbersOf(onebit.nmfProduct))).toBeLessThan(1e-4);
    const norm = (vector: Float32Array): number => Math.hypot(...vector);
    expect(norm(inputVector) / norm(outputVector)).toBeCloseTo(1, 6);
  });

  test.each([
    ['BitNet b1.58', 'absmax', b158],
    ['BitNet', 'bitnet', bitnet],
  ] as const)('activations of %s: the same integers and scales', (_, rule, expected) => {
    const { data, scales } = quantiseActivations(matrixOf(inputs), rule);
    expect([...data]).toEqual(numbersOf(expected.quantised));
    const scale = numbersOf(expected.inputScale).map(each =>
      rule === 'absmax' ? each : Math.fround(128 / each),
    );
    expect([...scales]).toEqual(scale);
  });

  test('activations of OneBit: the same integers behind the input vector', () => {
    const vector = Float32Array.from(numbersOf(onebit.inputVector));
    const { data } = quantiseActivations(scaleColumns(matrixOf(inputs), vector), 'absmax');
    expect([...data]).toEqual(numbersOf(onebit.quantised));
  });
});

describe('any matrix', () => {
  const matrix = fc
    .record({ rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 9 }) })
    .chain(({ rows, columns }) =>
      fc
        .array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        })
        .map(data => ({ rows, columns, data: Float32Array.from(data) })),
    );

  test('gives signs of -1, 0 and 1, and finite scales', () => {
    fc.assert(
      fc.property(matrix, floats => {
        for (const { signs, scale } of [quantiseB158(floats), quantiseBitNet(floats)]) {
          expect(signs.every(sign => [-1, 0, 1].includes(sign))).toBe(true);
          expect(Number.isFinite(scale)).toBe(true);
        }
        const { signs, inputVector, outputVector } = quantiseOneBit(floats);
        expect(signs.every(sign => Math.abs(sign) === 1)).toBe(true);
        expect([...inputVector, ...outputVector].every(each => Number.isFinite(each) && each >= 0)).toBe(
          true,
        );
      }),
    );
  });

  test('gives activations of 1 to 16 bits that stand for it within half a step', () => {
    fc.assert(
      fc.property(matrix, fc.integer({ min: 2, max: 16 }), (inputs, bits) => {
        const { data, scales } = quantiseActivations(inputs, 'absmax', bits);
        for (const [i, integer] of data.entries()) {
          const scale = scales[Math.floor(i / inputs.columns)]!;
          expect(Math.abs(integer)).toBeLessThan(2 ** (bits - 1));
          expect(Math.abs(integer / scale - inputs.data[i]!)).toBeLessThanOrEqual(0.501 / scale);
        }
      }),
    );
  });

  test.each([
    ['too few numbers', { rows: 2, columns: 2, data: Float32Array.of(1) }, 'TCT-5401'],
    ['nothing', { rows: 0, columns: 2, data: new Float32Array() }, 'TCT-5401'],
    ['NaN', { rows: 1, columns: 2, data: Float32Array.of(1, Number.NaN) }, 'TCT-5402'],
  ])('with %s is refused', (_, floats, code) => {
    for (const quantise of [quantiseB158, quantiseBitNet, quantiseOneBit])
      expect(() => quantise(floats)).toThrow(expect.objectContaining({ code }));
    expect(() => quantiseActivations(floats, 'absmax')).toThrow(expect.objectContaining({ code }));
  });
});
