import { beforeAll, describe, expect, test } from 'vitest';
import { runLinear, type TernaryDevice } from '../../../host/index.ts';
import {
  bitsPerWeight,
  combine,
  costOf,
  planOfOneBit,
  planOfSigns,
  quantiseInputs,
  runOnHost,
  schemes,
} from '../../../model/plan/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import { boardParameters } from '../../support/small-board.ts';
import { matrixOf, numbersOf, roundingsApart, vectors } from '../schemes/vectors.ts';
import { judge, openCore, openCounted } from './exactness.ts';
import { schemeCase, shapeOf } from './scheme-case.ts';

/* Few shapes; `npm run exactness` takes 200 of each scheme. */
describe.each([
  ['a core of UP5K', defaultCore({ bram: 30, spram: 4 })],
  ['a core with small memories', boardParameters],
] as const)('%s', (_, core) => {
  let device: TernaryDevice;
  beforeAll(async () => {
    device = await openCore(core);
  });

  test.each(schemes)('gives the integers of %s, every element, and floats within rounding', async scheme => {
    for (let seed = 0; seed < 8; seed++) {
      const { wrong, sums, roundings } = await judge(device, schemeCase(scheme, shapeOf(seed)));
      expect(sums).toBeGreaterThan(0);
      expect(wrong).toBe(0);
      expect(roundings).toBeLessThanOrEqual(2);
    }
  });

  test.each(schemes)('gives the floats of %s that plain loops give', async scheme => {
    const { plan, inputs } = schemeCase(scheme, shapeOf(3));
    expect((await runLinear(device, plan, inputs)).outputs).toEqual(runOnHost(plan, inputs));
  });

  test.each(schemes)('takes as many cycles for %s as its plan tells before', async scheme => {
    for (let seed = 0; seed < 3; seed++) {
      const each = schemeCase(scheme, shapeOf(seed));
      const { cycles } = await judge(device, each);
      const cost = costOf(each.plan, core, each.inputs.rows)!;
      expect(Math.abs(cycles - cost.cycles)).toBeLessThanOrEqual(2 * cost.jobs);
    }
  });
});

test.each(schemes)(
  'the bytes that a plan of %s tells before go through the port of the core',
  async scheme => {
    for (const core of [defaultCore({ bram: 30, spram: 4 }), boardParameters]) {
      const { device, counted } = await openCounted(core);
      for (const shape of [shapeOf(2), { seed: 5, rows: 70, columns: 300, vectors: 3 }]) {
        Object.assign(counted, { weights: 0, activations: 0, results: 0 });
        const { plan, inputs } = schemeCase(scheme, shape);
        await runLinear(device, plan, inputs);
        expect(counted).toEqual(costOf(plan, core, inputs.rows)!.bytes);
      }
    }
  },
);

describe.each(vectors.cases.map(each => [`${each.kind} [${each.weights.shape}]`, each] as const))(
  'floats of PyTorch, %s',
  (_, { weights, inputs, b158, bitnet, onebit }) => {
    const [rows = 0, columns = 0] = weights.shape;
    const shape = { rows, columns };
    const x = matrixOf(inputs);
    const within = (found: Float32Array, expected: readonly number[]): void => {
      for (const [i, value] of expected.entries())
        expect(roundingsApart(found[i]!, value), `element ${i}`).toBeLessThanOrEqual(2);
    };

    test('BitNet b1.58, by BitLinear of transformers: the sums equal, the outputs within two roundings', () => {
      const signs = Int8Array.from(numbersOf(b158.trits));
      const plan = planOfSigns('b158', { ...shape, signs, scale: 1 / numbersOf(b158.scale)[0]! });
      const quantised = quantiseInputs(plan, x);
      const sums = numbersOf(b158.sums);
      const { data } = combine(plan, [sums], quantised);
      within(data, numbersOf(b158.outputs));
      // AutoBitLinear multiplies floats that stand for the integers: each is rounded on its own.
      const least = Math.max(...data.map(Math.abs)) * 1e-6;
      for (const [i, value] of numbersOf(b158.autoOutputs).entries())
        expect(Math.abs(data[i]! - value)).toBeLessThan(least);
    });

    test('BitNet: within two roundings', () => {
      const signs = Int8Array.from(numbersOf(bitnet.signs));
      const plan = planOfSigns('bitnet', { ...shape, signs, scale: numbersOf(bitnet.scale)[0]! });
      within(
        combine(plan, [numbersOf(bitnet.sums)], quantiseInputs(plan, x)).data,
        numbersOf(bitnet.outputs),
      );
    });

    test('OneBit: within two roundings, with and without its normalisation', () => {
      const found = {
        ...shape,
        signs: Int8Array.from(numbersOf(onebit.signs)),
        inputVector: Float32Array.from(numbersOf(onebit.inputVector)),
        outputVector: Float32Array.from(numbersOf(onebit.outputVector)),
      };
      for (const [isNormalised, expected] of [
        [false, onebit.outputs],
        [true, onebit.normalised],
      ] as const) {
        const plan = planOfOneBit(found, { isNormalised });
        within(combine(plan, [numbersOf(onebit.sums)], quantiseInputs(plan, x)).data, numbersOf(expected));
      }
    });
  },
);

test('a weight takes 1, 2, or little more than 2 bits, and BiLLM the numbers of its blocks besides', () => {
  const bits = schemes.map(scheme =>
    bitsPerWeight(schemeCase(scheme, { seed: 1, rows: 128, columns: 256, vectors: 1 }).plan),
  );
  const [bitnet, b158, onebit, billm] = bits as [number, number, number, number];
  expect(bitnet).toBeCloseTo(1, 2);
  expect(b158).toBeCloseTo(2, 2);
  expect(onebit).toBeCloseTo(1 + (32 * 384) / 32768, 6);
  // Signs and masks are two bits, eight numbers of float32 for each row of a block two more.
  expect(billm).toBeGreaterThan(4);
  expect(billm).toBeLessThan(4.1);
});

test('refuses inputs of another layer', () => {
  const { plan } = schemeCase('b158', { seed: 1, rows: 2, columns: 8, vectors: 1 });
  const inputs = { rows: 1, columns: 7, data: new Float32Array(7) };
  expect(() => quantiseInputs(plan, inputs)).toThrow(expect.objectContaining({ code: 'TCT-5404' }));
});
