import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cost,
  mostAttempts,
  mostFailures,
  type Size,
  searchFill,
} from '../../hdl-gen/cli/fill-search.ts';

/*
 * The search against chips that are only formulas. Such a chip gives way at a number of cells, and becomes slower as it gets
 * full; the model is wrong about it by a factor.
 */

interface Chip {
  /** Cells of a lane and of a row. */
  readonly perLane: number;
  readonly perRow: number;
  readonly available: number;
  /** What has a greater share of the cells finds no place. */
  readonly share: number;
  /** MHz of an empty chip, and how many of them are lost on a full one. */
  readonly fastest: number;
  readonly lost: number;
}

const sizes: readonly Size[] = [8, 16, 32, 64].flatMap(lanes =>
  Array.from({ length: 16 }, (_, i) => ({ lanes, rows: i + 1 })),
);

function costOn({ perLane, perRow, available, fastest, lost }: Chip, { lanes, rows }: Size): Cost {
  const cells = rows * (lanes * perLane + perRow);
  return { cells, fmaxMHz: fastest - (lost * cells) / available };
}

const hasPlace = (chip: Chip, { cells }: Cost): boolean => cells <= chip.share * chip.available;

const macs = ({ lanes, rows }: Size): number => lanes * rows;

const chips: fc.Arbitrary<Chip> = fc.record({
  perLane: fc.integer({ min: 5, max: 40 }),
  perRow: fc.integer({ min: 0, max: 60 }),
  available: fc.integer({ min: 600, max: 9000 }),
  share: fc.double({ min: 0.8, max: 1, noNaN: true }),
  fastest: fc.integer({ min: 60, max: 250 }),
  lost: fc.integer({ min: 0, max: 50 }),
});

/** By how much the model is off, in cells and in clock. */
const wrong = fc.record({
  cells: fc.double({ min: 0.93, max: 1.07, noNaN: true }),
  clock: fc.double({ min: 0.85, max: 1.15, noNaN: true }),
});

async function search(chip: Chip, factors: { cells: number; clock: number }, wantedMHz?: number) {
  let placements = 0;
  const { best, tried } = await searchFill({
    sizes,
    available: chip.available,
    wantedMHz,
    estimate: size => {
      const { cells, fmaxMHz } = costOn(chip, size);
      return { cells: cells * factors.cells, fmaxMHz: fmaxMHz * factors.clock };
    },
    place: async size => {
      placements++;
      const cost = costOn(chip, size);
      return hasPlace(chip, cost) ? cost : undefined;
    },
  });
  expect(tried.length).toBe(placements);
  expect(placements).toBeLessThanOrEqual(mostAttempts);
  const first = tried.findIndex(({ placed }) => placed !== undefined);
  const failures = first < 0 ? [] : tried.slice(first).filter(({ placed }) => placed === undefined);
  expect(failures.length).toBeLessThanOrEqual(mostFailures + 1);
  return { best, tried };
}

const fitting = (chip: Chip): readonly Size[] => sizes.filter(size => hasPlace(chip, costOn(chip, size)));

describe('searchFill', () => {
  test('comes near the highest rate, however full the chip can be and the model wrong', async () => {
    await fc.assert(
      fc.asyncProperty(chips, wrong, async (chip, factors) => {
        const { best } = await search(chip, factors);
        const rates = fitting(chip).map(size => macs(size) * costOn(chip, size).fmaxMHz);
        if (rates.length === 0) expect(best).toBeUndefined();
        else expect(macs(best!.size) * best!.placed!.fmaxMHz).toBeGreaterThan(0.95 * Math.max(...rates));
      }),
      { numRuns: 1000 },
    );
  });

  test('finds the largest size at a wanted clock, and nothing that is slower', async () => {
    await fc.assert(
      fc.asyncProperty(chips, wrong, fc.integer({ min: 40, max: 260 }), async (chip, factors, wantedMHz) => {
        const { best } = await search(chip, factors, wantedMHz);
        const good = fitting(chip).filter(size => costOn(chip, size).fmaxMHz >= wantedMHz);
        if (best === undefined) return;
        expect(best.isGood).toBe(true);
        expect(best.placed!.fmaxMHz).toBeGreaterThanOrEqual(wantedMHz);
        expect(macs(best.size)).toBeGreaterThan(0.9 * Math.max(...good.map(macs)));
      }),
    );
  });

  test('begins as full as is usual, and goes up as long as there is a place', async () => {
    const chip = { perLane: 15, perRow: 0, available: 3000, share: 0.97, fastest: 200, lost: 0 };
    const { best, tried } = await search(chip, { cells: 1, clock: 1 });
    expect(costOn(chip, tried[0]!.size).cells).toBeLessThanOrEqual(0.92 * 3000);
    // 176 lanes are 88 % of the cells, 192 are 96 %.
    expect(tried.map(({ size }) => macs(size))).toEqual([176, 192]);
    expect(macs(best!.size)).toBe(192);
  });

  test('steps down from what has no place', async () => {
    const chip = { perLane: 15, perRow: 0, available: 3000, share: 0.81, fastest: 200, lost: 0 };
    const { best, tried } = await search(chip, { cells: 1, clock: 1 });
    expect(tried[0]!.placed).toBeUndefined();
    expect(macs(best!.size)).toBe(160);
  });

  test('gives up at a clock that not even the smallest size reaches', async () => {
    const chip = { perLane: 15, perRow: 30, available: 3000, share: 1, fastest: 100, lost: 20 };
    const { best, tried } = await search(chip, { cells: 1, clock: 1.5 }, 140);
    expect(best).toBeUndefined();
    expect(tried.every(({ isGood }) => !isGood)).toBe(true);
  });
});
