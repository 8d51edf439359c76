import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BillmWeights,
  billmGroups,
  billmValues,
  type FloatMatrix,
  quantiseBillm,
  type Search,
} from '../../../model/schemes/index.ts';
import { drawFloats, kinds } from './draw-floats.ts';
import { matrixOf, type VectorCase } from './vectors.ts';

/* BiLLM against a transcription of its publication in NumPy (billm.py), which shares no code with it. */

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
const needsNumpy = hasNumpy ? '' : ' (skipped: python3 cannot import numpy)';

interface Case {
  readonly weights: FloatMatrix;
  readonly calibration: FloatMatrix;
  readonly search: Search;
}

interface Transcribed {
  readonly blocks: readonly {
    readonly columns: readonly number[];
    readonly breakPoint: number;
    /** The mask of the group low, and the signs of each group: a text of -, 0 and + for each row. */
    readonly low: readonly string[];
    readonly signs: readonly (readonly string[])[];
    readonly scales: readonly (readonly number[])[];
    readonly means: readonly (readonly number[])[];
  }[];
  /** The sum of the squares of what is left of the weights. */
  readonly error: number;
}

/** Cases with their results, committed. */
const committed: readonly (Transcribed &
  Pick<VectorCase, 'weights' | 'inputs'> & { readonly search: Search })[] = JSON.parse(
  readFileSync(new URL('billm-vectors.json', import.meta.url), 'utf8'),
);

function transcribe(cases: readonly Case[]): Transcribed[] {
  const rowsOf = ({ rows, columns, data }: FloatMatrix): number[][] =>
    Array.from({ length: rows }, (_, r) => [...data.subarray(r * columns, (r + 1) * columns)]);
  const input = JSON.stringify(
    cases.map(({ weights, calibration, search }) => ({
      weights: rowsOf(weights),
      inputs: rowsOf(calibration),
      search,
    })),
  );
  const script = fileURLToPath(new URL('billm.py', import.meta.url));
  return JSON.parse(execFileSync('python3', [script], { input, maxBuffer: 2 ** 28 }).toString());
}

const cases: Case[] = Array.from({ length: 12 }, (_, i) => {
  const columns = [8, 51, 128, 130, 300, 256][i % 6]!;
  return {
    weights: drawFloats(i + 1, [1, 7, 24][i % 3]!, columns, kinds[i % 3]),
    calibration: drawFloats(i + 100, columns + 20, columns),
    search: i < 6 ? 'saliency' : 'weights',
  };
});

/** Rows of a block as texts of -, 0 and +. */
function told(
  rows: number,
  columns: number,
  begin: number,
  width: number,
  value: (index: number) => number,
): string[] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: width }, (_, c) => '-0+'[value(r * columns + begin + c) + 1]).join(''),
  );
}

function expectSame(found: BillmWeights, weights: FloatMatrix, expected: Transcribed): void {
  const { rows, columns, signs, residual, isSalient, isHigh, levels } = found;
  const groupOf = (i: number): number => (isSalient[i % columns] === 1 ? 0 : isHigh[i] === 1 ? 3 : 2);
  expect(found.breakPoints.length).toBe(expected.blocks.length);
  for (const [b, block] of expected.blocks.entries()) {
    const begin = b * 128;
    const width = Math.min(128, columns - begin);
    const texts = (value: (i: number) => number): string[] => told(rows, columns, begin, width, value);
    const chosen = Array.from(isSalient.subarray(begin, begin + width).entries())
      .filter(([, is]) => is === 1)
      .map(([c]) => c);
    expect(chosen).toEqual(block.columns);
    const away = Math.abs(found.breakPoints[b]! - block.breakPoint);
    expect(away).toBeLessThanOrEqual(1e-12 * block.breakPoint);
    expect(texts(i => (groupOf(i) === 2 ? 1 : 0))).toEqual(block.low);
    for (const [g, name] of billmGroups.entries()) {
      const sign = (i: number): number => (g === 1 ? residual[i]! : groupOf(i) === g ? signs[i]! : 0);
      expect(texts(sign)).toEqual(block.signs[g]);
      for (let r = 0; r < rows; r++) {
        expect(levels[name].scales[b * rows + r]).toBeCloseTo(block.scales[g]![r]!, 7);
        expect(levels[name].means[b * rows + r]).toBeCloseTo(block.means[g]![r]!, 7);
      }
    }
  }
  const values = billmValues(found);
  const error = weights.data.reduce((sum, weight, i) => sum + (weight - values[i]!) ** 2, 0);
  expect(Math.abs(error / expected.error - 1)).toBeLessThan(1e-5);
}

test.each(committed.map(each => [each.weights.shape, each.search, each] as const))(
  'BiLLM of [%s], search of %s: what the transcription has found',
  (_, search, { weights: plain, inputs, ...expected }) => {
    const weights = matrixOf(plain);
    expectSame(quantiseBillm(weights, matrixOf(inputs), { search }), weights, expected);
  },
);

describe.skipIf(!hasNumpy)(`BiLLM against its transcription, run now${needsNumpy}`, () => {
  const expected = hasNumpy ? transcribe(cases) : [];

  test.each(cases.map((each, i) => [each.weights.rows, each.weights.columns, each.search, i] as const))(
    '[%i,%i], search of %s',
    (_rows, _columns, search, i) => {
      const { weights, calibration } = cases[i]!;
      expectSame(quantiseBillm(weights, calibration, { search }), weights, expected[i]!);
    },
  );
});

describe('BiLLM', () => {
  test('propagates errors: blocks of few columns reach half of the error that signs with one scale have', () => {
    const weights = drawFloats(5, 16, 64);
    const mixing = drawFloats(6, 64, 64, 'tail');
    const calibration = drawFloats(7, 200, 64);
    const mixed = new Float32Array(200 * 64);
    for (let n = 0; n < 200; n++)
      for (let a = 0; a < 64; a++)
        for (let b = 0; b < 64; b++)
          mixed[n * 64 + b]! += calibration.data[n * 64 + a]! * mixing.data[a * 64 + b]!;
    const inputs = { rows: 200, columns: 64, data: mixed };
    const found = billmValues(quantiseBillm(weights, inputs, { columnsPerBlock: 8 }));
    const scale = weights.data.reduce((sum, each) => sum + Math.abs(each), 0) / weights.data.length;
    const plain = weights.data.map(each => scale * Math.sign(each));
    const errorOf = (values: ArrayLike<number>): number => {
      let sum = 0;
      for (let n = 0; n < 200; n++)
        for (let r = 0; r < 16; r++) {
          let difference = 0;
          for (let k = 0; k < 64; k++)
            difference += (weights.data[r * 64 + k]! - values[r * 64 + k]!) * mixed[n * 64 + k]!;
          sum += difference ** 2;
        }
      return sum;
    };
    expect(errorOf(found)).toBeLessThan(errorOf(plain) / 2);
  });

  test('takes matrices of any size, with inputs that never come', () => {
    const shapes = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      rows: fc.integer({ min: 1, max: 5 }),
      columns: fc.integer({ min: 1, max: 20 }),
      columnsPerBlock: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(shapes, ({ seed, rows, columns, columnsPerBlock }) => {
        const calibration = drawFloats(seed, 4, columns);
        for (let n = 0; n < 4; n++) calibration.data[n * columns] = 0;
        const found = quantiseBillm(drawFloats(seed + 1, rows, columns, 'tail'), calibration, {
          columnsPerBlock,
        });
        expect(found.breakPoints.length).toBe(Math.ceil(columns / columnsPerBlock));
        expect(billmValues(found).every(Number.isFinite)).toBe(true);
        expect([...found.signs, ...found.residual].every(sign => Math.abs(sign) <= 1)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('refuses calibration for another layer', () => {
    expect(() => quantiseBillm(drawFloats(1, 2, 8), drawFloats(2, 4, 9))).toThrow(
      expect.objectContaining({ code: 'TCT-5403' }),
    );
  });
});
