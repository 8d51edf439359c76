/*
 * The search for the largest array that a device holds. It knows neither arrays nor tools: the cost model tells what each
 * size would take and reach, a placement tells the truth, and what the model was wrong by is learned from each of them.
 *
 * How full a device can be is known to nobody before. So the first size is one that is as full as usually finds a place, and
 * then the share of the cells is bisected: between the fullest size that has a place and the least full one that has none.
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
  /** Logic cells of the device. */
  readonly available: number;
  /** The clock that must be reached: then the largest array is looked for. Without it that of the highest rate. */
  readonly wantedMHz: number | undefined;
  /** Places and routes; undefined where there is no place or no way, or none was found in time. */
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

/** Of these, those without a place once one was found: each takes as long as nextpnr is given. */
export const mostFailures = 2;

/** The share of the cells that usually finds a place. */
const usualShare = 0.92;

/** After a size without a place one is tried that is smaller by this; what lies between comes later. */
const stepDown = 0.96;

/** A placement for less than this gain is not worth its minutes. */
const smallestGain = 1.02;

/** A size, and what is expected of it by now. */
interface Candidate {
  readonly size: Size;
  readonly estimated: Cost;
  /** Logic cells, as the model is corrected. */
  readonly cells: number;
  /** MACs in a second, or in a cycle where a clock is wanted. */
  readonly promised: number;
}

/**
 * Places the most promising size, corrects the model by what came out, and goes on with the next one, larger or smaller,
 * as long as one promises more than the best that was found.
 * @returns all attempts in their order, and the best of the good ones; none where nothing promised to fit.
 */
export async function searchFill(
  problem: FillProblem,
): Promise<{ readonly best: Attempt | undefined; readonly tried: readonly Attempt[] }> {
  const { available, wantedMHz } = problem;
  const estimates = problem.sizes.map(size => ({ size, estimated: problem.estimate(size) }));
  const score = (size: Size, fmaxMHz: number) =>
    size.lanes * size.rows * (wantedMHz === undefined ? fmaxMHz : 1);
  const tried: Attempt[] = [];
  let best: Attempt | undefined;
  let correction = { cells: 1, fmaxMHz: 1 };
  // Cells of the fullest size with a place, and of the least full one without. Of the latter only the model tells them, so they
  // are corrected anew after each placement.
  let [placedMost, failedEstimate, failures] = [0, Number.POSITIVE_INFINITY, 0];
  while (tried.length < mostAttempts && failures <= mostFailures) {
    const reached = best === undefined ? 0 : score(best.size, best.placed!.fmaxMHz);
    const least = reached * (wantedMHz === undefined ? smallestGain : 1);
    const failedLeast = failedEstimate * correction.cells;
    const promising = estimates.flatMap(({ size, estimated }): Candidate[] => {
      const cells = estimated.cells * correction.cells;
      const fmaxMHz = estimated.fmaxMHz * correction.fmaxMHz;
      const promised = score(size, fmaxMHz);
      const isOut = cells > available || cells >= failedLeast || fmaxMHz < (wantedMHz ?? 0);
      if (isOut || promised <= least || tried.some(attempt => attempt.size === size)) return [];
      return [{ size, estimated, cells, promised }];
    });
    const next = chooseNext(promising, placedMost, failedLeast, available);
    if (next === undefined) break;
    const { size, estimated } = next;
    const placed = await problem.place(size, estimated);
    const isGood = placed !== undefined && placed.fmaxMHz >= (wantedMHz ?? 0);
    const attempt = { size, estimated, placed, isGood };
    tried.push(attempt);
    if (placed === undefined) {
      failedEstimate = Math.min(failedEstimate, estimated.cells);
      if (placedMost > 0) failures++;
      continue;
    }
    placedMost = Math.max(placedMost, placed.cells);
    correction = {
      cells: placed.cells / estimated.cells,
      fmaxMHz: placed.fmaxMHz / estimated.fmaxMHz,
    };
    if (isGood && score(size, placed.fmaxMHz) > reached) best = attempt;
  }
  return { best, tried };
}

/**
 * The most promising candidate that takes no more cells than the middle between what has a place and what has none; where none
 * is so small, the smallest. Before there is a place, and after one without: what is smaller than that.
 */
function chooseNext(
  candidates: readonly Candidate[],
  placedMost: number,
  failedLeast: number,
  available: number,
): Candidate | undefined {
  const usual = usualShare * available;
  const middle = (placedMost + Math.min(failedLeast, available)) / 2;
  const bisected = failedLeast > available ? Math.max(usual, middle) : middle;
  const limit = placedMost === 0 ? Math.min(usual, stepDown * failedLeast) : bisected;
  const within = candidates.filter(({ cells }) => cells <= limit);
  if (within.length > 0) return within.reduce((one, other) => (isBetter(other, one) ? other : one));
  return candidates.reduce<Candidate | undefined>(
    (one, other) => (one === undefined || other.cells < one.cells ? other : one),
    undefined,
  );
}

function isBetter(one: Candidate, other: Candidate): boolean {
  return one.promised > other.promised || (one.promised === other.promised && one.cells < other.cells);
}
