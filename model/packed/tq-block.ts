import { halfToFloat } from './half.ts';
import { PackedError } from './packed-error.ts';

/* What TQ1_0 and TQ2_0 have in common: blocks of 256 weights, with an F16 as scale. */

/** Weights of a block. */
export const tqBlock = 256;

/** The scale of each block. @throws PackedError where one is not finite */
export function blockScales(
  from: DataView,
  blocks: number,
  blockBytes: number,
  scaleAt: number,
): Float32Array {
  const scales = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    const scale = halfToFloat(from.getUint16(block * blockBytes + scaleAt, true));
    if (!Number.isFinite(scale)) throw new PackedError(`the scale ${scale} in its block ${block}`);
    scales[block] = scale;
  }
  return scales;
}

/** @throws RangeError where the weights are no whole blocks with a scale each */
export function checkScales(trits: Int8Array, scales: Float32Array): void {
  if (trits.length !== scales.length * tqBlock) {
    throw new RangeError(`${trits.length} weights and ${scales.length} scales are not blocks of ${tqBlock}`);
  }
}
