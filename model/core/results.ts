import type { CoreParameters } from '../../rtl/core/index.ts';
import type { CoreShape } from './weights.ts';

/** Words of the result buffer that a job fills. */
export function resultCount({ rows, batch }: CoreParameters, { tiles, blocks }: CoreShape): number {
  return tiles * blocks * rows * batch;
}

/**
 * The results of a job: for each vector and block the sum of each row of the matrix.
 *
 * @param words the words of the result buffer from the start of its half, as unsigned numbers
 */
export function unpackResults(
  words: ArrayLike<number>,
  { rows, batch }: CoreParameters,
  { m, blocks, tiles }: CoreShape,
): number[][][] {
  return Array.from({ length: batch }, (_, vector) =>
    Array.from({ length: blocks }, (_, block) =>
      Array.from({ length: m }, (_, row) => {
        const tile = Math.floor(row / rows);
        return words[((block * tiles + tile) * rows + (row % rows)) * batch + vector]! | 0;
      }),
    ),
  );
}
