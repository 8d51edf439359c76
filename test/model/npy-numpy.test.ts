/** A second opinion on .npy files from NumPy itself: its committed bytes, and NumPy live where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeNpy, encodeNpy, type NpyArray, writeNpy } from '../../model/index.ts';
import { anyArray, scratch } from './arrays.ts';

interface Described {
  readonly dtype: string;
  readonly shape: number[];
  /** Python's repr of every element in C order. */
  readonly values: string[];
}
interface Saved extends Described {
  readonly version: string;
  readonly order: 'C' | 'F';
  readonly npy: string;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const script = here('numpy-arrays.py');
const golden: Saved[] = JSON.parse(readFileSync(here('numpy-arrays.json'), 'utf8'));
const { path } = scratch();

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
const needsNumpy = hasNumpy ? '' : ' (skipped: python3 cannot import numpy; install python3-numpy)';
const python = (...files: string[]): string =>
  execFileSync('python3', [script, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });

/** What our reader found, with numbers parsed from the other's text by JavaScript alone. */
function expectSame(array: NpyArray, expected: Described): void {
  expect(array.dtype).toBe(expected.dtype);
  expect(array.shape).toEqual(expected.shape);
  const big = array.dtype.endsWith('int64');
  const special: Record<string, number> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };
  const values = expected.values.map(text => (big ? BigInt(text) : (special[text] ?? Number(text))));
  expect(Array.from(array.data as ArrayLike<number | bigint>)).toEqual(values);
}

describe('files that NumPy saved', () => {
  test.each(golden)('$dtype $shape, order $order, version $version', saved => {
    const bytes = Buffer.from(saved.npy, 'base64');
    const array = decodeNpy(bytes, 'golden.npy');
    expectSame(array, saved);
    if (saved.order === 'C' && saved.version === '1.0') expect(Buffer.from(encodeNpy(array))).toEqual(bytes);
  });

  test.skipIf(!hasNumpy)(`the NumPy of this machine saves arrays that we read${needsNumpy}`, () => {
    const live: Saved[] = JSON.parse(python());
    expect(live.length).toBe(golden.length);
    for (const saved of live) expectSame(decodeNpy(Buffer.from(saved.npy, 'base64'), 'live.npy'), saved);
  });
});

test.skipIf(!hasNumpy)(`NumPy reads what we write${needsNumpy}`, () => {
  const arrays = fc.sample(anyArray, { numRuns: 300, seed: 1 });
  const files = arrays.map((array, index) => {
    writeNpy(path(`${index}.npy`), array);
    return path(`${index}.npy`);
  });
  const found: Described[] = JSON.parse(python(...files));
  expect(found.length).toBe(arrays.length);
  arrays.forEach((array, index) => {
    expectSame(array, found[index]!);
  });
});
