import { stepsAfter } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';

/** What the fields of the register `walk` can count. */
const mostBeats = 256;
const mostTiles = 4096;

/** Columns that one job of one block takes: those of a sum, of half of the activations, and of the counter of beats. */
export function mostColumns({ lanes, batch, maxK, activationDepth }: CoreParameters): number {
  return lanes * Math.min(Math.floor(maxK / lanes), Math.floor(activationDepth / 2 / batch), mostBeats);
}

/**
 * Rows of a matrix with so many columns that one job takes: those of the weight store, of the initial values, of half of the
 * results, and of the counter of tiles. 0 where not even one tile fits.
 */
export function mostRows(columns: number, parameters: CoreParameters): number {
  const { lanes, rows, batch, weightWords, initialValues, resultDepth } = parameters;
  const { image } = coreGeometry(parameters);
  const beats = Math.max(rows, Math.ceil(columns / lanes));
  const steps = Math.floor(weightWords / image.wordsPerStep) - stepsAfter(image);
  const places = Math.min(initialValues, Math.floor(resultDepth / 2 / batch));
  return rows * Math.max(0, Math.min(Math.floor(steps / beats), Math.floor(places / rows), mostTiles));
}
