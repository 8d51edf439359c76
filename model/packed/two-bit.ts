import { PackedError } from './packed-error.ts';

/*
 * Codes of two bits, four in a byte: code 0 is -1, 1 is 0, 2 is +1, and 3 means nothing. Three formats (TQ2_0, I2_S, Hugging
 * Face's BitNet) differ only in which weights share a byte: with a field of `width` bytes, the byte number i holds the weights
 * i, i + width, i + 2 width and i + 3 width, either with the first one in the low bits or in the high bits.
 *
 * Four bytes are worked on at a time. In each byte of a word a code c becomes the trit c - 1 by adding 127, which never
 * carries into the next byte, and turning the top bit: c + 127 - 128.
 */

/** Where in a byte the first of its four weights is. */
export type FirstWeight = 'low bits' | 'high bits';

const codes = 0x03030303;
const each127 = 0x7f7f7f7f;
const topBits = 0x80808080;
/** The low bit of each code. */
const lowBits = 0x55555555;

/**
 * Trits of one field, to `at` and on.
 *
 * @returns false where there is a code 3; the trits are then worth nothing.
 */
export function spreadField(
  from: DataView,
  field: number,
  width: number,
  first: FirstWeight,
  to: DataView,
  at: number,
): boolean {
  const shift = first === 'low bits' ? 0 : 6;
  const step = first === 'low bits' ? 2 : -2;
  const [s1, s2, s3] = [shift + step, shift + 2 * step, shift + 3 * step] as const;
  let wrong = 0;
  let i = 0;
  for (; i + 4 <= width; i += 4) {
    const word = from.getInt32(field + i, true);
    wrong |= word & (word >>> 1) & lowBits;
    to.setInt32(at + i, (((word >>> shift) & codes) + each127) ^ topBits, true);
    to.setInt32(at + width + i, (((word >>> s1) & codes) + each127) ^ topBits, true);
    to.setInt32(at + 2 * width + i, (((word >>> s2) & codes) + each127) ^ topBits, true);
    to.setInt32(at + 3 * width + i, (((word >>> s3) & codes) + each127) ^ topBits, true);
  }
  for (; i < width; i++) {
    const byte = from.getUint8(field + i);
    wrong |= byte & (byte >>> 1) & lowBits;
    for (let n = 0; n < 4; n++) to.setInt8(at + n * width + i, ((byte >>> (shift + n * step)) & 3) - 1);
  }
  return wrong === 0;
}

/**
 * The bytes of one field, from the trits at `at` and on.
 *
 * @returns false where a trit is none of -1, 0 and +1; the bytes are then worth nothing.
 */
export function gatherField(
  from: DataView,
  at: number,
  width: number,
  first: FirstWeight,
  to: DataView,
  field: number,
): boolean {
  let wrong = 0;
  let i = 0;
  for (; i + 4 <= width; i += 4) {
    let word = 0;
    for (let n = 0; n < 4; n++) {
      // The way back: turn the top bit and take 127 away, which never borrows for a trit.
      const code = (from.getInt32(at + n * width + i, true) ^ topBits) - each127;
      wrong |= (code & ~codes) | (code & (code >>> 1) & lowBits);
      word |= code << (first === 'low bits' ? 2 * n : 6 - 2 * n);
    }
    to.setInt32(field + i, word, true);
  }
  for (; i < width; i++) {
    let byte = 0;
    for (let n = 0; n < 4; n++) {
      const code = from.getInt8(at + n * width + i) + 1;
      wrong |= code < 0 || code > 2 ? 1 : 0;
      byte |= code << (first === 'low bits' ? 2 * n : 6 - 2 * n);
    }
    to.setUint8(field + i, byte & 0xff);
  }
  return wrong === 0;
}

/** What a decoder ends in where there is a code 3: it is found again, as nobody had to know where before. */
export function codeThree(bytes: Uint8Array, begin: number, end: number): PackedError {
  const at = bytes.subarray(begin, end).findIndex(byte => (byte & (byte >>> 1) & lowBits) !== 0);
  return new PackedError(
    `the code 3 in its byte ${begin + at}; the codes of weights are 0, 1 and 2, for -1, 0 and +1`,
  );
}

/** What an encoder ends in where it is given something that is no trit. */
export function noTrit(trits: Int8Array): RangeError {
  const at = trits.findIndex(trit => trit < -1 || trit > 1);
  return new RangeError(`the weight ${at} is ${trits[at]}; -1, 0 and +1 are packed`);
}

/** The bytes of a typed array as a view, in which numbers may stand at any address. */
export function viewOf(array: Uint8Array | Int8Array): DataView {
  return new DataView(array.buffer, array.byteOffset, array.byteLength);
}
