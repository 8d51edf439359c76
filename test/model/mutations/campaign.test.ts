import { expect, test } from 'vitest';
import { campaign } from './campaign.ts';
import { countAllocations } from './count-allocations.ts';

/* A short campaign of damaged model files; `.ci/run` makes one of 100,000. */

test('a damaged model file gives a result or an error with a code, soon, and takes no more memory than its size and 16 MB', () => {
  const { wrong, opened, tensors, codes } = campaign({ seed: 7, files: 1500 });
  expect(wrong).toEqual([]);
  // They are damaged in many ways, and some only a little.
  expect(codes.size).toBeGreaterThanOrEqual(5);
  expect(opened).toBeGreaterThan(100);
  expect(tensors).toBeGreaterThan(opened);
});

test('the campaign counts what is taken', () => {
  const taken = countAllocations(() => {
    const one = new Uint8Array(1000);
    new Float32Array(one.buffer);
    Int8Array.from({ length: 24 }, () => 1);
  });
  expect(taken).toBe(1024);
  expect(countAllocations(() => {})).toBe(0);
});
