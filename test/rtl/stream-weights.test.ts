import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArrayParameters,
  encodeStreamRow,
  families,
  streamWords,
  ternaryStream,
} from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';

const trits = (count: number) =>
  fc.array(fc.integer({ min: -1, max: 1 }), { minLength: count, maxLength: count });
const bytes = (count: number) =>
  fc.array(fc.integer({ min: -128, max: 127 }), { minLength: count, maxLength: count });

describe.each(['tree', 'tree-folded'] as const)('weights of %s as 5in8', arch => {
  const common = { activationBits: 8, maxK: 64, initBits: 12, pipeline: 1, arch, encoding: '5in8' } as const;

  it.each([1, 4, 5, 6, 13])('come in one word for each five of %i lanes', lanes => {
    expect(streamWords({ ...common, lanes, rows: 1 })).toEqual({ count: Math.ceil(lanes / 5), bits: 8 });
  });

  it.each([
    { lanes: 1, rows: 1 },
    { lanes: 5, rows: 2 },
    { lanes: 12, rows: 3 },
  ])('give exact sums with $lanes lanes and $rows rows', ({ lanes, rows }) => {
    const parameters: ArrayParameters = { ...common, lanes, rows };
    const product = fc.record({
      weights: fc.array(trits(2 * lanes), { minLength: rows, maxLength: rows }),
      x: bytes(2 * lanes),
    });
    fc.assert(
      fc.property(product, ({ weights, x }) => {
        const columns = 2 * lanes;
        const { data } = matmul({ rows, columns, data: weights.flat() }, { rows: 1, columns, data: x });
        expect(sumsOf(parameters, weights, x)).toEqual([...data]);
      }),
      { numRuns: 20 },
    );
  });
});

it('are taken so by the families whose codes are 0, 1 and 3', () => {
  const takers = Object.entries(families).filter(([, { encodings }]) => encodings.includes('5in8'));
  expect(takers.map(([arch]) => arch)).toEqual(['tree', 'tree-folded']);
});

/** The sums of one product of two beats. */
function sumsOf(
  parameters: ArrayParameters,
  weights: readonly (readonly number[])[],
  x: readonly number[],
): number[] {
  const { lanes } = parameters;
  const core = simulate(ternaryStream(parameters));
  const rows = weights.map(row => encodeStreamRow(row, parameters));
  core.set({ out: { ready: 1 } });
  for (const beat of [0, 1]) {
    core.set({
      in: {
        ...{ valid: 1, first: 1 - beat, last: beat },
        x: x.slice(beat * lanes, (beat + 1) * lanes),
        w: rows.map(({ codes }) => codes[beat]!),
        init: rows.map(({ constant }) => constant),
      },
    });
    core.step();
  }
  core.set({ in: { valid: 0 } });
  for (let edges = 0; core.get('out').valid === 0n && edges < 100; edges++) core.step();
  return core.get('out').y.map(Number);
}
