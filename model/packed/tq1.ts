/**
 * TQ1_0 of GGUF: 256 weights in 54 bytes, five in nearly every byte, and a scale.
 *
 *     byte   0 .. 31   the weights   0 .. 159: byte m holds m, m + 32, m + 64, m + 96, m + 128
 *           32 .. 47   the weights 160 .. 239: byte 32 + m holds 160 + m, 176 + m, ... 224 + m
 *           48 .. 51   the weights 240 .. 255: byte 48 + m holds 240 + m, 244 + m, 248 + m, 252 + m
 *           52, 53     the scale d, an F16
 *
 * A weight is d times its digit less 1. A byte is a fraction of 256 in base 3, its first weight the first digit behind the
 * point, rounded up: five digits that are the number q give floor((256 q + 242) / 243), and four have a 0 as the fifth. Its digits come
 * out one after the other by multiplying with 3: what passes 256 is the digit, what is left is the rest of the fraction.
 *
 * So every byte has five digits, and no byte is wrong. Four bytes are decoded at a time, as two pairs with room between them.
 */
import { floatToHalf } from './half.ts';
import type { ScaledTrits } from './scaled-trits.ts';
import { blockScales, checkScales, tqBlock } from './tq-block.ts';
import { noTrit, viewOf } from './two-bit.ts';

/** Bytes of a block. */
export const tq1Bytes = 54;
const scaleAt = 52;

/** The fields of a block: where its bytes are, how many, where their weights begin, how many each holds. */
const fields = [
  { begin: 0, width: 32, at: 0, digits: 5 },
  { begin: 32, width: 16, at: 160, digits: 5 },
  { begin: 48, width: 4, at: 240, digits: 4 },
] as const;

const everyOther = 0x00ff00ff;
const each127 = 0x7f7f7f7f;
const topBits = 0x80808080;

/**
 * The weights in whole blocks.
 *
 * @throws PackedError for a scale that is not finite
 */
export function decodeTq1(bytes: Uint8Array): ScaledTrits {
  const blocks = Math.floor(bytes.length / tq1Bytes);
  const trits = new Int8Array(blocks * tqBlock);
  const from = viewOf(bytes);
  const to = viewOf(trits);
  for (let block = 0; block < blocks; block++) {
    for (const { begin, width, at, digits } of fields) {
      decodeField(from, block * tq1Bytes + begin, width, digits, to, block * tqBlock + at);
    }
  }
  return { trits, scales: blockScales(from, blocks, tq1Bytes, scaleAt), weightsPerScale: tqBlock };
}

function decodeField(
  from: DataView,
  begin: number,
  width: number,
  digits: number,
  to: DataView,
  at: number,
): void {
  for (let i = 0; i < width; i += 4) {
    const word = from.getInt32(begin + i, true);
    let even = word & everyOther;
    let odd = (word >>> 8) & everyOther;
    for (let n = 0; n < digits; n++) {
      even = (even & everyOther) * 3;
      odd = (odd & everyOther) * 3;
      const digit = ((even >>> 8) & everyOther) | (odd & ~everyOther);
      // From the digit to the trit as in two-bit.ts.
      to.setInt32(at + n * width + i, (digit + each127) ^ topBits, true);
    }
  }
}

/**
 * Whole blocks of weights.
 *
 * @param scales one for each block; kept as F16
 * @throws RangeError for something that is no trit, and where the weights are no whole blocks with a scale each
 */
export function encodeTq1(trits: Int8Array, scales: Float32Array): Uint8Array {
  checkScales(trits, scales);
  const bytes = new Uint8Array(scales.length * tq1Bytes);
  const to = viewOf(bytes);
  for (const [block, scale] of scales.entries()) {
    for (const { begin, width, at, digits } of fields) {
      for (let i = 0; i < width; i++) {
        let number = 0;
        for (let n = 0; n < 5; n++) {
          const digit = n < digits ? trits[block * tqBlock + at + n * width + i]! + 1 : 0;
          if (digit < 0 || digit > 2) throw noTrit(trits);
          number = 3 * number + digit;
        }
        bytes[block * tq1Bytes + begin + i] = Math.floor((256 * number + 242) / 243);
      }
    }
    to.setUint16(block * tq1Bytes + scaleAt, floatToHalf(scale), true);
  }
  return bytes;
}
