import type { Interval } from '../ir/index.ts';
import type { Format } from './storage.ts';

/*
 * How the values of many streams lie in memory: in bit planes. A value of w bits has w planes, the lowest bit's first;
 * a plane has a bit for each stream, that of stream s being bit s % 8 of byte s / 8.
 */

/** The streams of a batch. */
export const streams = 128;

export const planeBytes = streams / 8;

export function planeFormat({ width, signed }: Interval): Format {
  return { bytes: planeBytes * width, signed };
}

/** The value of one stream. */
export function readPlanes(bytes: Uint8Array, at: number, format: Format, stream: number): bigint {
  const width = format.bytes / planeBytes;
  const place = at + (stream >> 3);
  let value = 0n;
  for (let bit = width - 1; bit >= 0; bit--)
    value = (value << 1n) | BigInt((bytes[place + bit * planeBytes]! >> (stream & 7)) & 1);
  return format.signed ? BigInt.asIntN(width, value) : value;
}

/** Puts the value of one stream, which the format can hold. */
export function writePlanes(
  bytes: Uint8Array,
  at: number,
  format: Format,
  stream: number,
  value: bigint,
): void {
  const place = at + (stream >> 3);
  const one = 1 << (stream & 7);
  for (let bit = 0; bit < format.bytes / planeBytes; bit++) {
    const byte = place + bit * planeBytes;
    if (((value >> BigInt(bit)) & 1n) === 1n) bytes[byte]! |= one;
    else bytes[byte]! &= ~one;
  }
}

/** Puts the same value into all streams. */
export function fillPlanes(bytes: Uint8Array, at: number, format: Format, value: bigint): void {
  for (let bit = 0; bit < format.bytes / planeBytes; bit++) {
    const begin = at + bit * planeBytes;
    bytes.fill(((value >> BigInt(bit)) & 1n) === 1n ? 0xff : 0, begin, begin + planeBytes);
  }
}
