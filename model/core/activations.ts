import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';
import { activationsTooLarge, tooManyVectors } from './diagnostics.ts';
import type { HostWord } from './host-word.ts';
import type { CoreShape } from './weights.ts';

/**
 * Lays up to `batch` vectors out for one half of the activation buffer. Missing vectors and columns are 0.
 *
 * @param vectors [N,K], integers of the core's activation bits
 * @throws Diagnostic TCT-7305 where the beats are more than half of the buffer, TCT-7306 for more vectors than `batch`.
 */
export function packActivations(
  vectors: readonly (readonly number[])[],
  half: 0 | 1,
  parameters: CoreParameters,
  { columnsPerBlock, beatsPerBlock, blocks }: CoreShape,
): HostWord[] {
  const { image, lanesPerWord, wordsPerBeat, beatStride } = coreGeometry(parameters);
  const { lanes, batch, activationBits, activationDepth } = parameters;
  if (vectors.length > batch) throw tooManyVectors(vectors.length, batch);
  const ring = beatsPerBlock * batch;
  if (blocks * ring > activationDepth / 2) throw activationsTooLarge(blocks * ring, activationDepth / 2);
  const mask = 2 ** activationBits - 1;
  /** What a lane takes in a cycle of a block. */
  const operand = (lane: number, block: number, cycle: number): number => {
    const column = Math.floor(cycle / batch) * lanes + lane;
    if (column >= columnsPerBlock) return 0;
    return vectors[cycle % batch]?.[block * columnsPerBlock + column] ?? 0;
  };
  return Array.from({ length: blocks * ring }, (_, beat) =>
    Array.from({ length: wordsPerBeat }, (_, part) => {
      let data = 0;
      for (let i = 0; i < lanesPerWord && part * lanesPerWord + i < lanes; i++) {
        const lane = part * lanesPerWord + i;
        // A lane that is due later has its ring of beats turned.
        const turned = (((beat - image.turns[lane]!) % ring) + ring) % ring;
        data |= (operand(lane, Math.floor(beat / ring), turned) & mask) << (i * activationBits);
      }
      return { offset: ((half * activationDepth) / 2 + beat) * beatStride + part, data: data >>> 0 };
    }),
  ).flat();
}
