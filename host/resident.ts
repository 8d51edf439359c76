import type { CoreParameters, HostWord } from '../model/core/index.ts';
import { tooLargeToStay } from './diagnostics.ts';
import { checkWeights, type Weights } from './matrices.ts';
import { cut } from './tiles.ts';

/** What a core holds of a matrix whose weights are there from the start. */
export interface ResidentWords {
  /** In the window of weights. */
  readonly weights: readonly HostWord[];
  /** Initial values by their numbers; one that is undefined is not used. */
  readonly initial: readonly number[];
}

/**
 * The words of a matrix that a core holds as a whole.
 * @throws Diagnostic TCT-8008 and TCT-8009 for the matrix, TCT-8032 where it needs several loads.
 */
export function residentWords(weights: Weights, core: CoreParameters): ResidentWords {
  checkWeights(weights);
  const loads = cut(weights, weights.columns, core);
  if (loads.length > 1) throw tooLargeToStay(loads.length);
  const initial: number[] = [];
  for (const { image, initialBase } of loads[0]!)
    for (const [i, value] of image.initial.entries()) initial[initialBase + i] = value;
  return { weights: loads[0]!.flatMap(({ image }) => image.words), initial };
}
