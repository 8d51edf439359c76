import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cost, mostAttempts, type Size, searchFill } from '../../hdl-gen/cli/fill-search.ts';

/*
 * The search against chips that are only formulas. Such a chip gives way at a number of cells, and becomes slower as it gets
 * full; the model is wrong about it by a factor.
 */

interface Chip {
  /** Cells of a lane and of a row. */
  readonly perLane: number;
  readonly perRow: number;
  /** What has more cells finds no place. */
  readonly room: number;
  /** MHz of an empty chip, and how many of them are lost on a full one. */
  readonly fastest: number;
  readonly lost: number;
}

const sizes: readonly Size[] = [8, 16, 32, 64].flatMap(lanes =>
  Array.from({ length: 16 }, (_, i) => ({ lanes, rows: i + 1 })),
);

function costOn({ perLane, perRow, room, fastest, lost }: Chip, { lanes, rows }: Size): Cost {
  const cells = rows * (lanes * perLane + perRow);
  return { cells, fmaxMHz: fastest - (lost * cells) / room };
}

const macs = ({ lanes, rows }: Size): number => lanes * rows;

const chips: fc.Arbitrary<Chip> = fc.record({
  perLane: fc.integer({ min: 5, max: 40 }),
  perRow: fc.integer({ min: 0, max: 60 }),
  room: fc.integer({ min: 600, max: 9000 }),
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
    usable: 0.98 * chip.room,
    wantedMHz,
    estimate: size => {
      const { cells, fmaxMHz } = costOn(chip, size);
      return { cells: cells * factors.cells, fmaxMHz: fmaxMHz * factors.clock };
    },
    place: async size => {
      placements++;
      const cost = costOn(chip, size);
      return cost.cells > chip.room ? undefined : cost;
    },
  });
  expect(tried.length).toBe(placements);
  expect(placements).toBeLessThanOrEqual(mostAttempts);
  return { best, tried };
}

const fitting = (chip: Chip): readonly Size[] =>
  sizes.filter(size => costOn(chip, size).cells <= 0.98 * chip.room);

describe('searchFill', () => {
  test('finds the size of the highest rate with one placement where the model is right', async () => {
    await fc.assert(
      fc.asyncProperty(chips, async chip => {
        const { best, tried } = await search(chip, { cells: 1, clock: 1 });
        const rates = fitting(chip).map(size => macs(size) * costOn(chip, size).fmaxMHz);
        expect(tried.length).toBe(rates.length === 0 ? 0 : 1);
        if (best === undefined) expect(rates).toEqual([]);
        else expect(macs(best.size) * best.placed!.fmaxMHz).toBeCloseTo(Math.max(...rates), 6);
      }),
    );
  });

  test('comes within 5 % of it where the model is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(chips, wrong, async (chip, factors) => {
        const { best } = await search(chip, factors);
        const rates = fitting(chip).map(size => macs(size) * costOn(chip, size).fmaxMHz);
        if (rates.length === 0) return;
        expect(macs(best!.size) * best!.placed!.fmaxMHz).toBeGreaterThan(0.95 * Math.max(...rates));
      }),
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

  test('steps down from what has no place, and up from what has more room than was thought', async () => {
    const chip = { perLane: 15, perRow: 30, room: 2900, fastest: 200, lost: 20 };
    // The model misses six cells in a hundred, so that three rows of 64 lanes seem to fit.
    const optimist = await search(chip, { cells: 0.94, clock: 1 });
    expect(optimist.tried[0]).toMatchObject({ size: { lanes: 64, rows: 3 }, placed: undefined });
    expect(optimist.best!.size).toEqual({ lanes: 32, rows: 5 });
    // It sees six cells in a hundred too many, so that they seem not to.
    const pessimist = await search({ ...chip, room: 3100 }, { cells: 1.06, clock: 1 });
    expect(pessimist.tried[0]!.isGood).toBe(true);
    expect(macs(pessimist.best!.size)).toBeGreaterThan(macs(pessimist.tried[0]!.size));
  });

  test('gives up at a clock that not even the smallest size reaches', async () => {
    const chip = { perLane: 15, perRow: 30, room: 3000, fastest: 100, lost: 20 };
    const { best, tried } = await search(chip, { cells: 1, clock: 1.5 }, 140);
    expect(best).toBeUndefined();
    expect(tried.every(({ isGood }) => !isGood)).toBe(true);
  });
});
