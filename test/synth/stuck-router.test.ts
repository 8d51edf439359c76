import { describe, expect, test } from 'vitest';
import { stuckRouter } from '../../synth/stuck-router.ts';

/** What nextpnr tells of its router, every 1,000 rounds; the first round of which it is said that it is stuck. */
function firstStuck(remaining: (iteration: number) => number, rounds = 1_000_000): number | undefined {
  const isStuck = stuckRouter();
  for (let iteration = 1000; iteration <= rounds; iteration += 1000) {
    const event = { tool: 'nextpnr', phase: 'routing', iteration, remaining: remaining(iteration) } as const;
    if (isStuck(event)) return iteration;
  }
  return undefined;
}

describe('stuckRouter', () => {
  test('lets a router go on that gets further, however slowly', () => {
    expect(firstStuck(iteration => 1000 - Math.floor(iteration / 90_000))).toBeUndefined();
    // Connections that were made are taken away again on the way.
    expect(firstStuck(iteration => 500 - iteration / 10_000 + 300 * Math.sin(iteration))).toBeUndefined();
  });

  test('stops one that goes round in a circle', () => {
    // As it was seen with a stream of 8 lanes on an HX8K.
    expect(firstStuck(iteration => Math.max(897, 2400 - iteration / 4))).toBe(108_000);
    expect(firstStuck(iteration => 40 + (iteration % 7000) / 1000)).toBe(108_000);
  });

  test('is not about the placement', () => {
    const isStuck = stuckRouter();
    for (let iteration = 1; iteration < 300_000; iteration += 1000)
      expect(isStuck({ tool: 'nextpnr', phase: 'placing', iteration })).toBe(false);
  });
});
