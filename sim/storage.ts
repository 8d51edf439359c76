import type { Interval } from '../ir/index.ts';

/**
 * How the values of an interval lie in memory: in two's complement, the lowest byte first, in 1, 2, 4 or 8 bytes,
 * or in as many times 8 as it takes. The bits above the value's own repeat its sign, or are 0 without one.
 */
export interface Format {
  readonly bytes: number;
  readonly signed: boolean;
}

/** The smallest format for an interval. */
export function formatOf({ width, signed }: Interval): Format {
  const bytes = width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : 8 * Math.ceil(width / 64);
  return { bytes, signed };
}

/** The value of this format at a place. */
export function readValue(view: DataView, at: number, { bytes, signed }: Format): bigint {
  if (bytes < 8) return BigInt(readNumber(view, at, { bytes, signed }));
  const top = at + bytes - 8;
  let value = signed ? view.getBigInt64(top, true) : view.getBigUint64(top, true);
  for (let limb = top - 8; limb >= at; limb -= 8) value = (value << 64n) | view.getBigUint64(limb, true);
  return value;
}

/** Puts a value that the format can hold. */
export function writeValue(view: DataView, at: number, { bytes }: Format, value: bigint): void {
  if (bytes < 8) writeNumber(view, at, bytes, Number(value));
  else
    for (let i = 0; i < bytes; i += 8)
      view.setBigInt64(at + i, BigInt.asIntN(64, value >> BigInt(8 * i)), true);
}

/**
 * Puts unsigned values that lie one behind the other.
 * @param parts of each value as many numbers of 32 bits as it has, the lowest first.
 */
export function writeParts(
  view: DataView,
  at: number,
  { bytes }: Format,
  parts: Uint32Array,
  count: number,
): void {
  const each = parts.length / count;
  for (let i = 0, part = 0; i < count; i++)
    if (bytes < 4) writeNumber(view, at + bytes * i, bytes, parts[part++]!);
    else
      for (let k = 0; k < bytes; k += 4)
        view.setUint32(at + bytes * i + k, k < 4 * each ? parts[part++]! : 0, true);
}

/** The same as a number; rounded where the value is beyond 2^53. */
export function readNumber(view: DataView, at: number, format: Format): number {
  const { bytes, signed } = format;
  if (bytes === 1) return signed ? view.getInt8(at) : view.getUint8(at);
  if (bytes === 2) return signed ? view.getInt16(at, true) : view.getUint16(at, true);
  if (bytes === 4) return signed ? view.getInt32(at, true) : view.getUint32(at, true);
  return Number(readValue(view, at, format));
}

/** Puts a whole number that the format can hold and that is exact as a number. */
export function writeNumber(view: DataView, at: number, bytes: number, value: number): void {
  if (bytes === 1) view.setInt8(at, value);
  else if (bytes === 2) view.setInt16(at, value, true);
  else if (bytes === 4) view.setInt32(at, value, true);
  else writeValue(view, at, { bytes, signed: true }, BigInt(value));
}
