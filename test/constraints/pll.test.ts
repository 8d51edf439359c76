import { runIcepll } from '@yowasp/nextpnr-ice40';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pllSettings } from '../../constraints/index.ts';

/* The settings of the PLL, held against icepll of Project IceStorm, which is in the package of nextpnr. */

const device = { name: 'up5k', pll: 1 };

/** What icepll says, by the names of its table; undefined where it finds nothing. */
async function icepll(pinMHz: number, askedMHz: number): Promise<Record<string, number> | undefined> {
  let text = '';
  const stdout = (bytes: Uint8Array | null): void => {
    if (bytes !== null) text += new TextDecoder().decode(bytes);
  };
  try {
    await runIcepll(['-i', String(pinMHz), '-o', String(askedMHz)], {}, { stdout, stderr: stdout });
  } catch {
    return undefined;
  }
  return Object.fromEntries(
    [...text.matchAll(/^(\w+):\s+([\d.]+)/gm)].map(([, name, value]) => [name!, Number(value)]),
  );
}

describe('the settings of the PLL', () => {
  it.each([
    [12, 48, { divr: 0, divf: 63, divq: 4, filterRange: 1, MHz: 48 }],
    [12, 60, { divr: 0, divf: 79, divq: 4, filterRange: 1, MHz: 60 }],
    [16, 16, { divr: 0, divf: 63, divq: 6, filterRange: 1, MHz: 16 }],
    [100, 50, { divr: 0, divf: 7, divq: 4, filterRange: 5, MHz: 50 }],
  ])('from %d MHz for %d MHz', (pin, asked, settings) => {
    expect(pllSettings(device, pin, asked)).toEqual(settings);
  });

  it('come as near as those of icepll, with the same range of the filter where they are the same', async () => {
    const clock = fc.oneof(fc.integer({ min: 10, max: 133 }), fc.constantFrom(12, 16, 48, 100));
    await fc.assert(
      fc.asyncProperty(clock, fc.integer({ min: 16, max: 275 }), async (pin, asked) => {
        const ours = pllSettings(device, pin, asked);
        const theirs = (await icepll(pin, asked))!;
        // It prints three digits behind the point.
        expect(ours.MHz).toBeCloseTo(theirs.F_PLLOUT!, 2);
        if (ours.divr === theirs.DIVR) expect(ours.filterRange).toBe(theirs.FILTER_RANGE);
        // Said again: what the cell makes of them.
        const { divr, divf, divq, MHz } = ours;
        expect((pin * (divf + 1)) / (divr + 1) / 2 ** divq).toBeCloseTo(MHz, 9);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a device without a PLL', { name: 'lp384', pll: 0 }, 12, 48, 'TCT-4055'],
    ['a pin that is too slow', device, 8, 48, 'TCT-4056'],
    ['a pin that is too fast', device, 150, 48, 'TCT-4056'],
    ['a clock that is too slow', device, 12, 15.9, 'TCT-4057'],
    ['a clock that is too fast', device, 12, 276, 'TCT-4057'],
  ])('%s is refused', async (_, on, pin, asked, code) => {
    expect(() => pllSettings(on, pin, asked)).toThrow(expect.objectContaining({ code, exitStatus: 2 }));
    if (on.pll > 0) expect(await icepll(pin, asked)).toBeUndefined();
  });
});
