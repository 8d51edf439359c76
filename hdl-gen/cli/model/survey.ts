import type { Packing, SampledPart } from '../../../model/index.ts';
import type { Scheme } from '../../../model/plan/index.ts';

/** What has been seen of the numbers of a tensor. */
export class Survey {
  count = 0;
  zeros = 0;
  /** The size of all numbers that are not 0: 0 as long as there is none, and NaN where there are several. */
  #size = 0;
  #scale = 0;
  /** The weights of a block, where blocks have scales that differ: then the sums of each are told apart. */
  weightsPerScale: number | undefined;

  add({ numbers, scales = new Float32Array(), weightsPerScale }: SampledPart): void {
    for (const scale of scales) {
      // One of 0 is of a block of zeros.
      if (scale === 0) continue;
      if (this.#scale === 0) this.#scale = scale;
      else if (scale !== this.#scale) this.weightsPerScale = weightsPerScale;
    }
    this.count += numbers.length;
    const zeros = zerosIn(numbers);
    this.zeros += zeros;
    if (numbers instanceof Float32Array) this.#size = sizeIn(numbers, this.#size);
    // What comes as Int8Array are trits.
    else if (zeros < numbers.length) this.#size = 1;
  }

  /**
   * The schemes whose weights these are: -s and +s are of BitNet, and with 0 of b1.58. Whole numbers have to be trits.
   * @param isWhole whether all numbers were seen: a sample without a 0 does not say that there is none
   */
  schemes(packing: Packing, isWhole: boolean): readonly Scheme[] {
    if (packing === 'onebit') return ['onebit'];
    const isPacked = packing === 'ternary' || packing === 'hf-bitnet';
    const size = this.#size;
    const isOneSize = packing === 'integers' ? size === 1 : size > 0 && Number.isFinite(size);
    if (!isOneSize) return isPacked ? ['b158'] : [];
    return this.zeros > 0 || !isWhole ? ['b158'] : ['bitnet', 'b158'];
  }
}

/** By index: an iterator takes several times as long, and models have billions of weights. */
function zerosIn(numbers: Int8Array | Float32Array): number {
  let zeros = 0;
  for (let i = 0; i < numbers.length; i++) zeros += numbers[i] === 0 ? 1 : 0;
  return zeros;
}

function sizeIn(numbers: Float32Array, before: number): number {
  let size = before;
  for (let i = 0; i < numbers.length; i++) {
    const magnitude = Math.abs(numbers[i]!);
    if (magnitude === 0 || magnitude === size) continue;
    if (size !== 0) return Number.NaN;
    size = magnitude;
  }
  return size;
}
