/*
 * nextpnr's router takes wires away from one net to route another, and sometimes goes round in a circle with no end: the
 * number of connections that remain does not fall any more. Somebody has to tell it.
 */
import type { ProgressEvent } from './progress.ts';

/** Rounds without a new least number of connections, of some thousands in a second. */
const patience = 100_000;

/** Watches one run of nextpnr: takes each of its events, and says whether its router goes round in a circle. */
export function stuckRouter(): (event: ProgressEvent) => boolean {
  let least = Number.POSITIVE_INFINITY;
  let reachedAt = 0;
  return ({ iteration, remaining }) => {
    if (iteration === undefined || remaining === undefined) return false;
    if (remaining < least) [least, reachedAt] = [remaining, iteration];
    return iteration - reachedAt > patience;
  };
}
