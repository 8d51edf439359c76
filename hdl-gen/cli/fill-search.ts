/*
 * The search for the largest array that a device holds. It knows neither arrays nor tools: the cost model tells what each
 * size would take and reach, a placement tells the truth, and what the model was wrong by is learned from each of them.
 */

/** The size of an array. */
export interface Size {
  readonly lanes: number;
  readonly rows: number;
}

/** What a size takes and reaches, by the model or by nextpnr. */
export interface Cost {
  /** All logic cells that are in use. */
  readonly cells: number;
  readonly fmaxMHz: number;
}

/** What is to be filled. */
export interface FillProblem {
  /** The sizes to choose from. */
  readonly sizes: readonly Size[];
  /** What the cost model says. */
  readonly estimate: (size: Size) => Cost;
  /** Logic cells that may be in use. */
  readonly usable: number;
  /** The clock that must be reached: then the largest array is looked for. Without it that of the highest rate. */
  readonly wantedMHz: number | undefined;
  /** Places and routes; undefined where there is no place or no way. */
  readonly place: (size: Size, estimated: Cost) => Promise<Cost | undefined>;
}

/** A placement that was tried. */
export interface Attempt {
  readonly size: Size;
  readonly estimated: Cost;
  /** undefined where there was no place or no way. */
  readonly placed: Cost | undefined;
  /** Placed, and as fast as it has to be. */
  readonly isGood: boolean;
}

/** Placements that are tried at most. */
export const mostAttempts = 8;

/** After a size without a place one is tried that is smaller by this; what lies between comes later. */
const stepDown = 0.97;

/** A placement for less than this gain is not worth its minutes. */
const smallestGain = 1.01;

/**
 * Places the most promising size, corrects the model by what came out, and goes on with the next one, larger or smaller,
 * as long as one promises more than the best that was found.
 * @returns all attempts in their order, and the best of the good ones; none where nothing promised to fit.
 */
export async function searchFill(
  problem: FillProblem,
): Promise<{ readonly best: Attempt | undefined; readonly tried: readonly Attempt[] }> {
  const { usable, wantedMHz } = problem;
  const candidates = problem.sizes.map(size => ({ size, estimated: problem.estimate(size) }));
  const score = (size: Size, fmaxMHz: number) =>
    size.lanes * size.rows * (wantedMHz === undefined ? fmaxMHz : 1);
  const tried: Attempt[] = [];
  let best: Attempt | undefined;
  let mostCells = Number.POSITIVE_INFINITY;
  let correction = { cells: 1, fmaxMHz: 1 };
  while (tried.length < mostAttempts) {
    const reached = best === undefined ? 0 : score(best.size, best.placed!.fmaxMHz);
    const limit = best === undefined ? stepDown * mostCells : mostCells;
    const least = reached * (wantedMHz === undefined ? smallestGain : 1);
    let next: { size: Size; estimated: Cost; promised: number } | undefined;
    for (const { size, estimated } of candidates) {
      const fmaxMHz = estimated.fmaxMHz * correction.fmaxMHz;
      if (estimated.cells >= limit || estimated.cells * correction.cells > usable) continue;
      if (tried.some(attempt => attempt.size === size) || fmaxMHz < (wantedMHz ?? 0)) continue;
      const promised = score(size, fmaxMHz);
      const isBetter =
        promised > (next?.promised ?? least) ||
        (promised === next?.promised && estimated.cells < next.estimated.cells);
      if (isBetter) next = { size, estimated, promised };
    }
    if (next === undefined) break;
    const { size, estimated } = next;
    const placed = await problem.place(size, estimated);
    const isGood = placed !== undefined && placed.fmaxMHz >= (wantedMHz ?? 0);
    const attempt = { size, estimated, placed, isGood };
    tried.push(attempt);
    if (placed === undefined) {
      mostCells = Math.min(mostCells, estimated.cells);
      continue;
    }
    correction = {
      cells: placed.cells / estimated.cells,
      fmaxMHz: placed.fmaxMHz / estimated.fmaxMHz,
    };
    if (isGood && score(size, placed.fmaxMHz) > reached) best = attempt;
  }
  return { best, tried };
}
