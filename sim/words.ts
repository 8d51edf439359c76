import type { Interval } from '../ir/index.ts';

/*
 * How a value lies in a buffer of 32-bit words: in two's complement, lowest word first, in 1 word where the
 * interval lies within [-2^31, 2^31 - 1], in 2 within [-2^63, 2^63 - 1], else in as many pairs as it takes.
 */

/** The number of 32-bit words that a value of `interval` takes: 1, 2, 4, 6 … */
export function wordsOf(interval: Interval): number {
  const bits = interval.width + (interval.signed ? 0 : 1);
  return bits <= 32 ? 1 : 2 * Math.ceil(bits / 64);
}

/** The value of `words` words from `index` on. */
export function readWords(buffer: Int32Array, index: number, words: number): bigint {
  if (words === 1) return BigInt(buffer[index]!);
  let value = BigInt(buffer[index + words - 1]!);
  for (let i = words - 2; i >= 0; i--) value = (value << 32n) | BigInt(buffer[index + i]! >>> 0);
  return value;
}

/** Puts `value`, which fits, into `words` words from `index` on. */
export function writeWords(buffer: Int32Array, index: number, words: number, value: bigint): void {
  if (words === 1) {
    buffer[index] = Number(value);
    return;
  }
  for (let i = 0; i < words; i++) buffer[index + i] = Number(BigInt.asIntN(32, value >> BigInt(32 * i)));
}
