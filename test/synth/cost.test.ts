import { describe, expect, test } from 'vitest';
import { type CostEstimate, estimateCost, type PathShape, type Structure } from '../../synth/cost/index.ts';
import { devices } from '../../synth/index.ts';

const path: PathShape = { luts: 0, chain: 16, fanOut: 1 };
const structure: Structure = { cells: 400, paths: [path] };

function clock(changed: Partial<Structure & PathShape>, device = 'hx8k'): number {
  const { cells = 400, luts = 0, chain = 16, fanOut = 1 } = changed;
  return estimateCost({ cells, paths: [{ luts, chain, fanOut }] }, device).fmaxMHz;
}

describe('estimateCost', () => {
  test('tells what there is beside what is taken', () => {
    const memories = [{ width: 16, depth: 256 }];
    expect(estimateCost({ ...structure, memories }, 'iCE40-HX8K')).toEqual<CostEstimate>({
      device: 'hx8k',
      lc: { used: 400, available: 7680 },
      bram: { used: 1, available: 32 },
      fmaxMHz: expect.any(Number),
    });
  });

  test.each([
    // What nextpnr reports for carry chains whose cells lie side by side, with their registers next to them.
    ['hx8k', 21, 4.767],
    ['hx8k', 25, 5.468],
    ['up5k', 17, 10.594],
    ['up5k', 21, 11.706],
  ])('on %s a carry chain of %i cells takes at least the %f ns that nextpnr tells', (device, chain, ns) => {
    const fmaxMHz = clock({ cells: 0, chain }, device);
    expect(fmaxMHz / (1000 / ns)).toBeGreaterThan(0.95);
    expect(fmaxMHz / (1000 / ns)).toBeLessThan(1.05);
  });

  test('is slower with a longer chain, more LUTs, more cells, and never faster with more readers or on a smaller chip', () => {
    const base = clock({});
    for (const worse of [{ chain: 17 }, { luts: 1 }, { cells: 4000 }])
      expect(clock(worse)).toBeLessThan(base);
    expect(clock({ fanOut: 8 })).toBeLessThanOrEqual(base);
    expect(clock({ cells: 1200 }, 'hx1k')).toBeLessThanOrEqual(clock({ cells: 1200 }, 'hx8k'));
    expect(clock({}, 'lp8k')).toBeCloseTo(base / 1.474, 6);
  });

  test('takes the slowest kind of paths', () => {
    const paths = [path, { ...path, chain: 20 }, { ...path, luts: 1 }];
    const alone = paths.map(each => estimateCost({ cells: 400, paths: [each] }, 'up5k').fmaxMHz);
    expect(estimateCost({ cells: 400, paths }, 'up5k').fmaxMHz).toBe(Math.min(...alone));
  });

  test.each([
    // Width, depth, block RAMs of 4,096 bits: 16 x 256, 8 x 512, 4 x 1,024 or 2 x 2,048.
    [16, 256, 1],
    [8, 512, 1],
    [2, 2048, 1],
    [1, 4096, 2],
    [17, 256, 2],
    [16, 257, 2],
    [32, 256, 2],
    [12, 512, 2],
    [12, 1024, 3],
    [128, 256, 8],
  ])('a memory of %i bits x %i words takes %i block RAMs', (width, depth, count) => {
    for (const { name } of devices)
      expect(estimateCost({ ...structure, memories: [{ width, depth }] }, name).bram.used).toBe(count);
  });

  test('refuses a device that there is not', () => {
    expect(() => estimateCost(structure, 'hx9k')).toThrow(
      expect.objectContaining({ code: 'TCT-4001', message: expect.stringContaining("'hx9k'") }),
    );
  });
});
