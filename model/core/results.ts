import type { CoreParameters } from '../../rtl/core/index.ts';
import type { CoreShape } from './weights.ts';

/*
 * The result buffer of a job, from the start of its half: the results of all vectors of a row side by side, row after row, tile after
 * tile, block after block. Vectors and rows that only fill up a batch or a tile have results too, of no meaning.
 */

/** Words that follow each other. */
export interface ResultRun {
  readonly offset: number;
  readonly count: number;
}

/** A request and its answer take as long on the wire as about so many words: a smaller gap is read along. */
const requestWords = 4;

/** Words of the result buffer that a job fills. */
export function resultCount({ rows, batch }: CoreParameters, { tiles, blocks }: CoreShape): number {
  return tiles * blocks * rows * batch;
}

/** The words that are read for the first `vectors` vectors of a job: those that mean something, and what is too little to leave out. */
export function resultRuns(
  { rows, batch }: CoreParameters,
  { m, tiles, blocks }: Pick<CoreShape, 'm' | 'tiles' | 'blocks'>,
  vectors: number,
): ResultRun[] {
  const runs: { offset: number; count: number }[] = [];
  for (let block = 0; block < blocks; block++)
    for (let row = 0; row < m; row++) {
      const offset = (block * tiles * rows + row) * batch;
      const last = runs.at(-1);
      if (last !== undefined && offset - (last.offset + last.count) <= requestWords)
        last.count = offset + vectors - last.offset;
      else runs.push({ offset, count: vectors });
    }
  return runs;
}

/**
 * The results of a job: for each vector and block the sum of each row of the matrix.
 *
 * @param words the words of the result buffer from the start of its half, as unsigned numbers; those of no meaning may be anything
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
