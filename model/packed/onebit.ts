/**
 * The packed signs of OneBit models: a matrix of [out, in] signs is [out, in / 8] bytes, told as int8.
 *
 *     byte (r, c)   bit i   the weight (r, 8 c + i): 0 is +1, 1 is -1
 *
 * What the signs are multiplied by stands in two tensors of its own: `input_factor` [in] and `weight_scale` [out].
 */
import { noTrit, viewOf } from './two-bit.ts';

/** Four signs as four bytes, for the four bits of half a byte. */
const fourSigns = Int32Array.from({ length: 16 }, (_, bits) =>
  [0, 1, 2, 3].reduce((word, i) => word | (((bits >> i) & 1 ? 0xff : 1) << (8 * i)), 0),
);

/** The signs, -1 or +1, of packed bytes. */
export function decodeOneBit(bytes: Uint8Array): Int8Array {
  const signs = new Int8Array(8 * bytes.length);
  const to = viewOf(signs);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    to.setInt32(8 * at, fourSigns[byte & 15]!, true);
    to.setInt32(8 * at + 4, fourSigns[byte >> 4]!, true);
  }
  return signs;
}

/**
 * The packed bytes of signs.
 *
 * @throws RangeError for something else than -1 and +1, and where their number cannot be divided by 8
 */
export function encodeOneBit(signs: Int8Array): Uint8Array {
  if (signs.length % 8 !== 0) throw new RangeError(`${signs.length} signs do not fill bytes of 8`);
  const bytes = new Uint8Array(signs.length / 8);
  for (const [i, sign] of signs.entries()) {
    if (sign === -1) bytes[i >> 3]! |= 1 << (i & 7);
    else if (sign === 0) throw new RangeError(`the weight ${i} is 0; -1 and +1 are signs`);
    else if (sign !== 1) throw noTrit(signs);
  }
  return bytes;
}
