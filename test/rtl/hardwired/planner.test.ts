import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawMatrix, matrices } from '../../../bench/hardwired/matrices.ts';
import { type AdderGraph, addersOf, planAdders } from '../../../rtl/ternary/index.ts';
import da4ml from './da4ml.json' with { type: 'json' };

/** Ternary matrices of all shapes, without a row of zeros. */
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc
        .array(fc.constantFrom(-1, 0, 1), { minLength: columns, maxLength: columns })
        .filter(row => row.some(entry => entry !== 0)),
      { minLength: rows, maxLength: rows },
    ),
  );

describe('the adders of a matrix', () => {
  test('compute it, entry by entry', () => {
    fc.assert(
      fc.property(matrix, rows => {
        expect(matrixOf(planAdders(rows))).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  test('are made of what is there before them', () => {
    const { inputs, adders } = planAdders(drawMatrix(20, 30, 5));
    for (const [i, { left, right }] of adders.entries())
      expect(Math.max(left, right)).toBeLessThan(inputs + i);
  });

  test.each([
    {
      what: 'two equal rows',
      rows: [
        [1, 1, 1],
        [1, 1, 1],
      ],
      adders: 2,
    },
    {
      what: 'a row and its negation, which is one adder more',
      rows: [
        [1, -1, 0],
        [-1, 1, 0],
      ],
      adders: 2,
    },
    { what: 'a row that is an input', rows: [[0, 1]], adders: 0 },
    {
      what: 'a sum inside another one',
      rows: [
        [1, 1, 0],
        [1, 1, 1],
      ],
      adders: 2,
    },
    {
      what: 'a difference and its opposite inside others',
      rows: [
        [1, -1, 1, 0],
        [-1, 1, 0, 1],
      ],
      adders: 3,
    },
    { what: 'differences whose signs can be chosen', rows: [[-1, 1, -1, -1]], adders: 3 },
    { what: 'negative inputs alone, which need a negation', rows: [[-1, -1]], adders: 2 },
  ])('are as few as can be for $what', ({ rows, adders }) => {
    const graph = planAdders(rows);
    expect(matrixOf(graph)).toEqual(rows);
    expect(addersOf(graph)).toBe(adders);
  });

  test('are the same each time', () => {
    const rows = drawMatrix(24, 24, 9);
    expect(planAdders(rows)).toEqual(planAdders(rows));
  });

  // da4ml.json is what bench/hardwired/count-da4ml.py said. `npm run bench -- hardwired` has the larger matrices too, and
  // asks da4ml again where it is installed.
  test('are never more than those of da4ml', () => {
    const all = matrices();
    const theirs: Readonly<Record<string, number>> = da4ml.adders;
    expect(Object.keys(theirs)).toEqual(all.map(({ name }) => name));
    const more = all
      .filter(({ name, rows }) => rows.length * rows[0]!.length <= 24 * 48 || name === 'trained-32x64')
      .map(({ name, rows }) => ({ name, ours: addersOf(planAdders(rows)), theirs: theirs[name]! }))
      .filter(({ ours, theirs }) => ours > theirs);
    expect(more).toEqual([]);
  });
});

/** The matrix that a graph computes: each node as what it makes of each input. */
function matrixOf({ inputs, adders, outputs }: AdderGraph): number[][] {
  const nodes = Array.from({ length: inputs }, (_, input): number[] =>
    Array.from({ length: inputs }, (_, column) => (column === input ? 1 : 0)),
  );
  for (const { left, right, isDifference } of adders) {
    const sign = isDifference ? -1 : 1;
    nodes.push(nodes[left]!.map((entry, column) => entry + sign * nodes[right]![column]!));
  }
  // 0 times -1 is -0, which is not equal to 0 here.
  return outputs.map(({ node, isNegative }) => nodes[node]!.map(entry => (isNegative ? 0 - entry : entry)));
}
