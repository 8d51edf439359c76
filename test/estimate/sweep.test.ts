import { describe, expect, test } from 'vitest';
import { errorsAt } from '../../bench/cost/errors.ts';
import { fitRouting } from '../../bench/cost/fit.ts';
import { isFitted, nameOf, points } from '../../bench/cost/points.ts';
import { readSweep } from '../../bench/cost/sweep.ts';
import { estimateArray, estimateTable } from '../../estimate/index.ts';

/*
 * The estimates against what nextpnr counted and reached when the sweep was placed last. `npm run bench -- cost` places it
 * anew.
 */

const sweep = readSweep();

describe('estimateArray', () => {
  test('knows the sweep that is written down', () => {
    expect(sweep.map(({ cells: _, allCells: __, fmaxMHz: ___, ...point }) => point)).toEqual(points);
  });

  test.each(
    sweep.map((point, i) => [nameOf(point), isFitted(i) ? 'in the fit' : 'left out', point] as const),
  )('%s (%s): within 5 %% of the logic cells and 15 %% of the clock', (_, __, point) => {
    const { cells, clock } = errorsAt(point);
    expect(Math.abs(cells)).toBeLessThan(0.05);
    expect(Math.abs(clock)).toBeLessThan(0.15);
  });

  // The best of 4 seeds.
  test.each([
    { accumulator: 'chain' as const, device: 'hx8k', cells: 1174, fmaxMHz: 215.5 },
    { accumulator: 'chain' as const, device: 'up5k', cells: 1174, fmaxMHz: 87.5 },
    { accumulator: undefined, device: 'hx8k', cells: 1179, fmaxMHz: 230 },
    { accumulator: undefined, device: 'up5k', cells: 1179, fmaxMHz: 97.8 },
  ])('a tree with its sums in one chain, or as it is, $device: as near', testCase => {
    const { accumulator, device, cells, fmaxMHz } = testCase;
    const array = {
      lanes: 64,
      rows: 1,
      activationBits: 8,
      maxK: 3840,
      initBits: 16,
      pipeline: 1,
      accumulator,
    };
    const cost = estimateArray(array, device, { form: 'array', onPins: false });
    expect(Math.abs(cost.lc.used / cells - 1)).toBeLessThan(0.05);
    expect(Math.abs(cost.fmaxMHz / fmaxMHz - 1)).toBeLessThan(0.15);
  });

  // What docs/architectures.md tells of 64 lanes: the best of 2 seeds.
  test.each([
    { device: 'hx8k', fmaxMHz: 200.4 },
    { device: 'up5k', fmaxMHz: 91.3 },
  ])('64 lanes between streams on $device: as near', ({ device, fmaxMHz }) => {
    const array = { lanes: 64, rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 };
    const cost = estimateArray(array, device, { form: 'stream', onPins: false });
    expect(Math.abs(cost.lc.used / 64 / 21.2 - 1)).toBeLessThan(0.05);
    expect(Math.abs(cost.fmaxMHz / fmaxMHz - 1)).toBeLessThan(0.15);
  });

  test.each([
    { device: 'hx8k', placed: { cells: 852, brams: 16, fmaxMHz: 158.6 } },
    { device: 'up5k', placed: { cells: 868, brams: 16, fmaxMHz: 62.8 } },
  ])('tables on $device: as near to what docs/architectures.md tells', ({ device, placed }) => {
    const tables = {
      lanes: 65,
      rows: 1,
      activationBits: 8,
      maxK: 4096,
      maxM: 512,
      initBits: 16,
      pipeline: 1,
    };
    const { lc, bram, fmaxMHz } = estimateTable(tables, device, { onPins: false });
    expect(Math.abs(lc.used / placed.cells - 1)).toBeLessThan(0.05);
    expect(bram.used).toBe(placed.brams);
    expect(Math.abs(fmaxMHz / placed.fmaxMHz - 1)).toBeLessThan(0.15);
  });

  test('has the terms of routing that fit the sweep', () => {
    const routing = fitRouting(sweep);
    for (const point of sweep) expect(errorsAt(point, routing).clock).toBeCloseTo(errorsAt(point).clock, 3);
  });

  test('tells more cells for more lanes, rows, bits, streams and pins', () => {
    const array = { lanes: 16, rows: 2, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 };
    const alone = { form: 'array', onPins: false } as const;
    const cells = (changed: object, what: Parameters<typeof estimateArray>[2] = alone): number =>
      estimateArray({ ...array, ...changed }, 'up5k', what).lc.used;
    for (const more of [{ lanes: 20 }, { rows: 3 }, { activationBits: 9 }, { maxK: 2 ** 20 }])
      expect(cells(more)).toBeGreaterThan(cells({}));
    expect(cells({ arch: 'tree-folded' })).toBeLessThan(cells({}));
    expect(cells({}, { form: 'stream', onPins: false })).toBeGreaterThan(cells({}));
    expect(cells({}, { form: 'array', onPins: true })).toBeGreaterThan(cells({}));
  });
});
