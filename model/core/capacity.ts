import { registerOf, stepsAfter } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';

/** The largest numbers of beats, blocks and tiles that the register `walk` can count. */
const [mostBeats, mostBlocks, mostTiles] = registerOf('walk').fields.map(({ width }) => 2 ** width) as [
  number,
  number,
  number,
];

/** Beats of a block of so many columns: a row hands over its sum in a step of its own, so there are as many as rows. */
export function beatsOf(columns: number, { lanes, rows }: CoreParameters): number {
  return Math.max(rows, Math.ceil(columns / lanes));
}

/** Columns that one job of one block takes: those of a sum, of half of the activations, and of the counter of beats. */
export function mostColumns({ lanes, batch, maxK, activationDepth }: CoreParameters): number {
  return lanes * Math.min(Math.floor(maxK / lanes), Math.floor(activationDepth / 2 / batch), mostBeats);
}

/** Blocks of so many columns that one job takes: those of half of the activations, and of the counter of blocks. */
export function mostBlocksOf(columnsPerBlock: number, parameters: CoreParameters): number {
  const { batch, activationDepth } = parameters;
  const beats = beatsOf(columnsPerBlock, parameters);
  return Math.min(Math.floor(activationDepth / 2 / batch / beats), mostBlocks);
}

/**
 * Rows of a matrix with some blocks of so many columns that one job takes: those of the weight store, of the initial values, of half
 * of the results, and of the counter of tiles. 0 where not even one tile fits.
 */
export function mostRows(columnsPerBlock: number, blocks: number, parameters: CoreParameters): number {
  const { rows, batch, weightWords, initialValues, resultDepth } = parameters;
  const { image } = coreGeometry(parameters);
  const beats = beatsOf(columnsPerBlock, parameters);
  const steps = Math.floor(weightWords / image.wordsPerStep / blocks) - stepsAfter(image);
  const places = Math.min(initialValues, Math.floor(resultDepth / 2 / batch));
  return (
    rows * Math.max(0, Math.min(Math.floor(steps / beats), Math.floor(places / rows / blocks), mostTiles))
  );
}
