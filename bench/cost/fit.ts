import type { Routing } from '../../estimate/index.ts';
import { errorsAt } from './errors.ts';
import type { MeasuredPoint } from './measured.ts';
import { isFitted } from './points.ts';

const firstStep = 0.4;
const lastStep = 0.01;

/** What helps less than this is noise. */
const leastGain = 1e-5;

/** A sweep without full chips would say nothing against a term of any size. */
const largestTerm = 2;

/**
 * The terms of the routing that come closest to the clocks of a sweep: the least squares of the errors of the points that are
 * not left out. One term after the other goes up or down by a step as long as that helps; then the step is halved.
 * A term is never negative: more readers or a fuller chip make no way shorter.
 */
export function fitRouting(sweep: readonly MeasuredPoint[]): Routing {
  const points = sweep.filter((_, i) => isFitted(i));
  const squares = (routing: Routing): number =>
    points.reduce((sum, point) => sum + Math.log1p(errorsAt(point, routing).clock) ** 2, 0);
  let best: Routing = { perFanOut: 0, perSize: 0, perFullness: 0 };
  let least = squares(best);
  for (let step = firstStep; step > lastStep; step /= 2) {
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      for (const term of Object.keys(best) as (keyof Routing)[]) {
        for (const way of [step, -step]) {
          const tried = { ...best, [term]: Math.min(largestTerm, Math.max(0, best[term] + way)) };
          const sum = squares(tried);
          if (sum > least - leastGain) continue;
          [best, least, isBetter] = [tried, sum, true];
        }
      }
    }
  }
  return rounded(best);
}

function rounded(routing: Routing): Routing {
  const entries = Object.entries(routing).map(([term, value]) => [term, Math.round(value * 1000) / 1000]);
  return Object.fromEntries(entries) as unknown as Routing;
}
