import { describe, expect, test } from 'vitest';
import {
  findDevice,
  NoPlacement,
  type Placement,
  placeSeeds,
  type ResourceTable,
} from '../../synth/index.ts';

const request = { netlistJson: '{}', device: findDevice('hx1k'), package: 'tq144', targetMHz: 12 };
const none = { used: 0, available: 0 };
const resources: ResourceTable = {
  ...{ lc: { used: 946, available: 1280 }, bram: none, spram: none, dsp: none, io: none, pll: none },
  globals: none,
};

/** Places with some seeds only; notes which were tried. */
function placing(works: readonly number[], tried: number[]) {
  return async ({ seed }: { readonly seed: number }): Promise<Placement> => {
    tried.push(seed);
    if (!works.includes(seed)) throw new NoPlacement('hx1k', seed, resources, []);
    return { seed, fmaxMHz: 10 * seed } as Placement;
  };
}

describe('where nextpnr finds no placement', () => {
  test('with one of the seeds, the others count', async () => {
    const { best, all } = await placeSeeds({ ...request, seeds: [1, 2, 3], spare: 4 }, placing([2, 3], []));
    expect(best.seed).toBe(3);
    expect(all.map(({ fmaxMHz }) => fmaxMHz)).toEqual([null, 20, 30]);
  });

  test('with any of them, the next ones are tried until one does', async () => {
    const tried: number[] = [];
    const { best, all } = await placeSeeds({ ...request, seeds: [5, 6], spare: 4 }, placing([8, 9], tried));
    expect([best.seed, tried]).toEqual([8, [5, 6, 7, 8]]);
    expect(all.map(({ seed, fmaxMHz }) => [seed, fmaxMHz])).toEqual([
      ...[5, 6, 7].map(seed => [seed, null]),
      [8, 80],
    ]);
  });

  test('with those neither, that is told: it is not that the design is too large', async () => {
    const tried: number[] = [];
    const placed = placeSeeds({ ...request, seeds: [1], spare: 2 }, placing([], tried));
    await expect(placed).rejects.toMatchObject({
      code: 'TCT-4023',
      message: expect.stringMatching(/no place .* with seed 1, though it needs 946 of 1280 logic cells/),
      help: expect.stringContaining('--seed'),
    });
    expect(tried).toEqual([1, 2, 3]);
  });

  test('what is wrong with every seed is not tried again', async () => {
    const tried: number[] = [];
    const broken = async ({ seed }: { readonly seed: number }): Promise<Placement> => {
      tried.push(seed);
      throw new Error('a pin that is not there');
    };
    await expect(placeSeeds({ ...request, seeds: [1], spare: 4 }, broken)).rejects.toThrow('pin');
    expect(tried).toEqual([1]);
  });
});
