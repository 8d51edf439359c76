import type { CoreParameters, HostWord } from '../model/core/index.ts';
import { tooLargeToStay } from './diagnostics.ts';
import type { Piece } from './link-client.ts';
import { checkWeights, type Weights } from './matrices.ts';
import { cut, type Load } from './tiles.ts';
import { piecesOf } from './weight-loads.ts';

/** What a core holds of a matrix whose weights are there from the start. */
export interface ResidentWords {
  /** In the window of weights. */
  readonly weights: readonly HostWord[];
  /** Initial values by their numbers; one that is undefined is not used. */
  readonly initial: readonly number[];
}

/**
 * The load of a matrix that a core holds as a whole.
 * @throws Diagnostic TCT-8008 and TCT-8009 for the matrix, TCT-8032 where it needs several loads.
 */
export function onlyLoad(weights: Weights, core: CoreParameters): Load {
  checkWeights(weights);
  const loads = cut(weights, weights.columns, core);
  if (loads.length > 1) throw tooLargeToStay(loads.length);
  return loads[0]!;
}

/** Its words, by what they are. @throws Diagnostic as `onlyLoad`. */
export function residentWords(weights: Weights, core: CoreParameters): ResidentWords {
  const load = onlyLoad(weights, core);
  const initial: number[] = [];
  for (const { image, initialBase } of load)
    for (const [i, value] of image.initial.entries()) initial[initialBase + i] = value;
  return { weights: load.flatMap(({ image }) => image.words), initial };
}

/** Its words, by their addresses. @throws Diagnostic as `onlyLoad`. */
export function residentPieces(weights: Weights, core: CoreParameters): Piece[] {
  return piecesOf(onlyLoad(weights, core));
}
