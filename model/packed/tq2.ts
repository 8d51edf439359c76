/**
 * TQ2_0 of GGUF: 256 weights in 66 bytes, two bits a weight and a scale.
 *
 *     byte   0 .. 31   the weights   0 .. 127: byte m holds m, m + 32, m + 64, m + 96, the first in its low bits
 *           32 .. 63   the weights 128 .. 255, in the same way
 *           64, 65     the scale d, an F16
 *
 * A weight is d times its code less 1. Blocks follow each other, and a row of a matrix is whole blocks.
 */
import { floatToHalf } from './half.ts';
import type { ScaledTrits } from './scaled-trits.ts';
import { blockScales, checkScales, tqBlock } from './tq-block.ts';
import { codeThree, gatherField, noTrit, spreadField, viewOf } from './two-bit.ts';

/** Bytes of a block. */
export const tq2Bytes = 66;
const field = 32;
const scaleAt = 64;

/**
 * The weights in whole blocks.
 *
 * @throws PackedError for a code 3 and for a scale that is not finite
 */
export function decodeTq2(bytes: Uint8Array): ScaledTrits {
  const blocks = Math.floor(bytes.length / tq2Bytes);
  const trits = new Int8Array(blocks * tqBlock);
  const from = viewOf(bytes);
  const to = viewOf(trits);
  for (let block = 0; block < blocks; block++) {
    const begin = block * tq2Bytes;
    const at = block * tqBlock;
    const isFirstRight = spreadField(from, begin, field, 'low bits', to, at);
    const isSecondRight = spreadField(from, begin + field, field, 'low bits', to, at + 4 * field);
    if (!isFirstRight || !isSecondRight) throw codeThree(bytes, begin, begin + scaleAt);
  }
  return { trits, scales: blockScales(from, blocks, tq2Bytes, scaleAt), weightsPerScale: tqBlock };
}

/**
 * Whole blocks of weights.
 *
 * @param scales one for each block; kept as F16
 * @throws RangeError for something that is no trit, and where the weights are no whole blocks with a scale each
 */
export function encodeTq2(trits: Int8Array, scales: Float32Array): Uint8Array {
  checkScales(trits, scales);
  const bytes = new Uint8Array(scales.length * tq2Bytes);
  const from = viewOf(trits);
  const to = viewOf(bytes);
  for (const [block, scale] of scales.entries()) {
    const begin = block * tq2Bytes;
    const at = block * tqBlock;
    const isFirstRight = gatherField(from, at, field, 'low bits', to, begin);
    const isSecondRight = gatherField(from, at + 4 * field, field, 'low bits', to, begin + field);
    if (!isFirstRight || !isSecondRight) throw noTrit(trits);
    to.setUint16(begin + scaleAt, floatToHalf(scale), true);
  }
  return bytes;
}
