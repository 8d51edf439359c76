/**
 * I2_S of microsoft/BitNet's GGUF files: two bits a weight, and one scale for the whole tensor.
 *
 *     byte  32 b .. 32 b + 31   the weights 128 b .. 128 b + 127: byte j holds j, 32 + j, 64 + j, 96 + j of them, the first
 *                               in its high bits
 *     byte  n / 4               the scale of all n weights, an F32
 *           and 28 bytes more   nothing
 *
 * A weight is the scale times its code less 1. Some builds for ARM put 64 weights in 16 bytes in the same number of bytes, so
 * that nothing in a file tells the two apart; what Microsoft publishes has 128.
 */
import { PackedError } from './packed-error.ts';
import type { ScaledTrits } from './scaled-trits.ts';
import { codeThree, gatherField, noTrit, spreadField, viewOf } from './two-bit.ts';

/** Weights that share 32 bytes. */
export const i2sBlock = 128;
const field = 32;
/** The scale, with what fills its place up. */
const tail = 32;

/** Bytes of a tensor of so many weights, which are whole blocks. */
export const i2sBytes = (weights: number): number => weights / 4 + tail;

/**
 * The weights of a tensor.
 *
 * @param bytes as many as `i2sBytes` tells
 * @throws PackedError for a code 3 and for a scale that is not finite
 */
export function decodeI2s(bytes: Uint8Array): ScaledTrits {
  const end = bytes.length - tail;
  const trits = new Int8Array(4 * end);
  const from = viewOf(bytes);
  const to = viewOf(trits);
  for (let begin = 0; begin < end; begin += field) {
    if (!spreadField(from, begin, field, 'high bits', to, 4 * begin)) {
      throw codeThree(bytes, begin, begin + field);
    }
  }
  const scale = from.getFloat32(end, true);
  if (!Number.isFinite(scale)) throw new PackedError(`the scale ${scale}`);
  return { trits, scales: Float32Array.of(scale), weightsPerScale: trits.length };
}

/**
 * The bytes of a tensor.
 *
 * @throws RangeError for something that is no trit, and where the weights are no whole blocks
 */
export function encodeI2s(trits: Int8Array, scale: number): Uint8Array {
  if (trits.length % i2sBlock !== 0) {
    throw new RangeError(`${trits.length} weights are not blocks of ${i2sBlock}`);
  }
  const bytes = new Uint8Array(i2sBytes(trits.length));
  const from = viewOf(trits);
  const to = viewOf(bytes);
  for (let begin = 0; begin < bytes.length - tail; begin += field) {
    if (!gatherField(from, 4 * begin, field, 'high bits', to, begin)) throw noTrit(trits);
  }
  to.setFloat32(bytes.length - tail, scale, true);
  return bytes;
}
