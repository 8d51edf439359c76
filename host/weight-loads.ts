import { type CoreParameters, type Part, partsOf } from '../model/core/index.ts';
import { addressOf, windowAddressBits } from '../protocol/index.ts';
import { coreTooSmall } from './diagnostics.ts';
import type { Piece } from './link-client.ts';
import { checkBlocks, checkWeights, type Weights } from './matrices.ts';
import { type Load, tileOf } from './tiles.ts';

/** What is in the core at one time: the parts of the matrix, and all words that are written for them. */
export interface WeightLoad {
  readonly parts: readonly Part[];
  readonly pieces: readonly Piece[];
}

/**
 * The words that a matrix is for a core, load by load, as `TernaryDevice` writes them: for whoever writes them without it.
 *
 * @param columnsPerBlock columns whose sums are told apart; without it all
 * @throws Diagnostic TCT-8008, TCT-8009, TCT-8030 for the matrix, TCT-8013 where no part fits
 */
export function* weightLoads(
  weights: Weights,
  core: CoreParameters,
  columnsPerBlock: number = weights.columns,
): Generator<WeightLoad> {
  checkWeights(weights);
  checkBlocks(columnsPerBlock, weights.columns);
  const { rows, columns } = weights;
  const loads = partsOf({ rows, columns, columnsPerBlock }, core);
  if (loads === undefined) throw coreTooSmall(Math.min(columnsPerBlock, columns));
  for (const parts of loads) {
    yield { parts, pieces: piecesOf(parts.map(part => tileOf(part, weights, core))) };
  }
}

/** All that is written for a load: the weights of its tiles, and their initial values. */
export function piecesOf(load: Load): Piece[] {
  return load.flatMap(({ image, initialBase }) => [
    ...runsOf(image.words, addressOf('weights', 0)),
    {
      address: addressOf('activations', 2 ** (windowAddressBits - 1) + initialBase),
      words: Uint32Array.from(image.initial, value => value >>> 0),
    },
  ]);
}

/** Words that follow each other, as one piece; what is apart, as several. */
export function runsOf(
  words: readonly { readonly offset: number; readonly data: number }[],
  begin: number,
): Piece[] {
  const pieces: { address: number; words: number[] }[] = [];
  let next = -1;
  for (const { offset, data } of words) {
    if (offset !== next) pieces.push({ address: begin + offset, words: [] });
    pieces.at(-1)!.words.push(data);
    next = offset + 1;
  }
  return pieces.map(({ address, words }) => ({ address, words: Uint32Array.from(words) }));
}
