import { expect, test } from 'vitest';
import { campaign } from './campaign.ts';

/* A short campaign of faults; `.ci/run` makes one of 10,000 frames. */

test('a wire on which one frame in 25 has a fault never gives a wrong sum', async () => {
  const findings = await campaign({ seed: 7, frames: 1200, oneIn: 25, resetOneIn: 300 });
  const { faults, wrong, products, errors, longestMs, repeated } = findings;
  expect(wrong).toEqual([]);
  expect(Math.min(faults.flipped, faults.lost, faults.extra, faults.resets)).toBeGreaterThan(1);
  expect(repeated).toBeGreaterThan(20);
  // What ends in an error is the exception, and nothing takes longer than its time-outs allow.
  expect(products - errors).toBeGreaterThan(0.9 * products);
  expect(longestMs).toBeLessThan(1000);
});
