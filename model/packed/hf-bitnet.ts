/**
 * The packed weights of BitNet models in Hugging Face's transformers: a matrix of [out, in] weights is [out / 4, in] bytes.
 *
 *     byte (r, c)   bits 0 and 1   the weight (r, c)
 *                   bits 2 and 3   the weight (r + out / 4, c)
 *                   bits 4 and 5   the weight (r + 2 out / 4, c)
 *                   bits 6 and 7   the weight (r + 3 out / 4, c)
 *
 * A weight is its code less 1, times a scale that stands in a tensor of its own, `weight_scale`. What that holds depends on
 * the class of the layer (the field `linear_class` of the model's quantization_config): the layer `bitlinear` divides by it,
 * so it is 1 / mean|W|; the layer `autobitlinear` multiplies by it, so it is mean|W|. Nothing in the tensor tells which it is.
 */
import { codeThree, gatherField, noTrit, spreadField, viewOf } from './two-bit.ts';

/** The class of the layers, which decides what `weight_scale` means. */
export type LinearClass = 'bitlinear' | 'autobitlinear';

/** What the trits are multiplied by. */
export function hfScale(weightScale: number, linearClass: LinearClass): number {
  return linearClass === 'bitlinear' ? 1 / weightScale : weightScale;
}

/**
 * The trits [out, in] in packed bytes [out / 4, in].
 *
 * @throws PackedError for a code 3
 */
export function decodeHfBitnet(bytes: Uint8Array): Int8Array {
  const trits = new Int8Array(4 * bytes.length);
  if (!spreadField(viewOf(bytes), 0, bytes.length, 'low bits', viewOf(trits), 0)) {
    throw codeThree(bytes, 0, bytes.length);
  }
  return trits;
}

/**
 * The packed bytes [out / 4, in] of trits [out, in].
 *
 * @throws RangeError for something that is no trit, and where their number cannot be divided by 4
 */
export function encodeHfBitnet(trits: Int8Array): Uint8Array {
  if (trits.length % 4 !== 0) throw new RangeError(`${trits.length} weights do not fill bytes of 4`);
  const bytes = new Uint8Array(trits.length / 4);
  if (!gatherField(viewOf(trits), 0, bytes.length, 'low bits', viewOf(bytes), 0)) throw noTrit(trits);
  return bytes;
}
