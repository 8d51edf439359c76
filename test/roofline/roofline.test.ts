import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RooflineRequest, roofline } from '../../roofline/index.ts';

const up5k = { lc: 5280, bram: 30, spram: 4 };
const hx8k = { lc: 7680, bram: 32, spram: 0 };

/** A 64-lane array on an HX8K with a matrix of 256 x 1024 and a vector. */
const request: RooflineRequest = {
  device: hx8k,
  product: { m: 256, k: 1024, n: 1 },
  rows: 1,
  batch: 1,
  bitsPerWeight: 2,
  activationBits: 8,
  sumBits: 20,
  lcPerMac: 16,
  clockMHz: 200,
  array: { peakMacsPerCycle: 64, sustainedMacsPerCycle: 60 },
};

const roofOf = (changes: Partial<RooflineRequest>, name: string): number | undefined =>
  roofline({ ...request, ...changes }).roofs.find(roof => roof.name === name)?.macsPerCycle;

describe('a roofline', () => {
  test('knows what the SPRAMs of an UP5K feed', () => {
    const device = { ...up5k, bram: 0 };
    expect(roofOf({ device }, 'weights')).toBe(32);
    expect(roofOf({ device, bitsPerWeight: 1.6 }, 'weights')).toBeCloseTo(40);
  });

  test('tells the limit that binds, at the clock, and how near the array is to it', () => {
    const { bound, roofs, reached, macsPerWeightByte, batchThatFeeds } = roofline(request);
    expect(roofs.map(({ name, macsPerCycle }) => [name, macsPerCycle])).toEqual([
      ['activations', 64],
      ['weights', 256],
      ['logic', 480],
    ]);
    expect(bound).toEqual({ name: 'activations', macsPerCycle: 64, gmacs: 12.8 });
    expect([reached, macsPerWeightByte, batchThatFeeds]).toEqual([60 / 64, 4, 1]);
  });

  test('a batch moves the weights, rows move the activations', () => {
    const product = { m: 256, k: 1024, n: 16 };
    expect(roofOf({ product, batch: 4 }, 'weights')).toBe(1024);
    expect(roofOf({ product, rows: 6 }, 'activations')).toBeCloseTo((64 * 256) / 43);
    expect(roofline({ ...request, product, batch: 4 }).macsPerWeightByte).toBe(16);
  });

  test('a link brings activations and takes sums', () => {
    const product = { m: 8, k: 100, n: 3 };
    // 100 bytes in and 8 sums of 16 bits out for 800 MACs, at 116 kB/s: 1,000 vectors a second.
    const limited = roofline({ ...request, product, sumBits: 16, linkBytesPerSecond: 116_000 });
    expect(limited.bound.name).toBe('link');
    expect(limited.bound.gmacs).toBeCloseTo(800e3 / 1e9);
  });

  test('leaves out what cannot limit', () => {
    const names = (changes: Partial<RooflineRequest>) =>
      roofline({ ...request, ...changes }).roofs.map(({ name }) => name);
    expect(names({ bitsPerWeight: 0 })).toEqual(['activations', 'logic']);
    expect(roofline({ ...request, bitsPerWeight: 0 }).macsPerWeightByte).toBeUndefined();
    const bare = { device: { lc: 384, bram: 0, spram: 0 } };
    expect(names(bare)).toEqual(['logic']);
    expect(roofline({ ...request, ...bare }).batchThatFeeds).toBeUndefined();
  });

  test('is what walking through the product word by word needs', () => {
    const whole = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(
        fc.record({
          product: fc.record({ m: whole(12), k: whole(6), n: whole(12) }),
          rows: whole(5),
          batch: whole(14),
          bitsPerWeight: fc.constantFrom(1, 1.5, 1.6, 2),
          activationBits: whole(16),
        }),
        changes => {
          const macs = changes.product.m * changes.product.k * changes.product.n;
          const { weightBits, activationBits } = bitsRead(changes);
          // 32 block RAMs read 512 bits in a cycle.
          expect(roofOf(changes, 'weights')).toBeCloseTo(macs / (weightBits / 512), 8);
          expect(roofOf(changes, 'activations')).toBeCloseTo(macs / (activationBits / 512), 8);
        },
      ),
    );
  });

  test('the batch that feeds an array is the first with which it does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4096 }),
        fc.constantFrom(1, 1.5, 1.6, 2),
        (peak, bitsPerWeight) => {
          const array = { peakMacsPerCycle: peak, sustainedMacsPerCycle: peak };
          const device = up5k;
          const { batchThatFeeds } = roofline({ ...request, device, bitsPerWeight, array });
          const fed = (batch: number) =>
            roofOf({ device, bitsPerWeight, batch, product: { m: 1, k: 1, n: batch } }, 'weights')!;
          expect(fed(batchThatFeeds!)).toBeGreaterThanOrEqual(peak * (1 - 1e-9));
          if (batchThatFeeds! > 1) expect(fed(batchThatFeeds! - 1)).toBeLessThan(peak);
        },
      ),
    );
  });
});

/** Counts the bits that are read, one weight and one activation at a time. */
function bitsRead(
  walk: Pick<RooflineRequest, 'product' | 'rows' | 'batch' | 'bitsPerWeight' | 'activationBits'>,
) {
  const { m, k, n } = walk.product;
  let [weights, activations] = [0, 0];
  for (let vector = 0; vector < n; vector += walk.batch)
    for (let row = 0; row < m; row++) for (let column = 0; column < k; column++) weights++;
  for (let vector = 0; vector < n; vector++)
    for (let row = 0; row < m; row += walk.rows) for (let column = 0; column < k; column++) activations++;
  return { weightBits: weights * walk.bitsPerWeight, activationBits: activations * walk.activationBits };
}
