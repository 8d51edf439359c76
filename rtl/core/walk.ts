import {
  all,
  any,
  bit,
  concat,
  loadOrCountUp,
  mux,
  named,
  register,
  registered,
  type Signal,
  scope,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { stepsAfter } from '../../protocol/index.ts';
import { downCounter } from './down-counter.ts';
import type { JobControl } from './job-control.ts';
import type { CoreGeometry, CoreParameters } from './parameters.ts';

/*
 * The walk through a product, which gives the addresses of weights and activations:
 *
 *     for each block of columns
 *       for each tile of rows
 *         for each beat of the block         a sum begins with beat 0
 *           for each vector of the batch     a cycle
 *       rest: the beats go on, until the rows and lanes that work later are done with this block
 *
 * The weights lie in the order in which they are used, so their address only counts. That of the activations counts too, and
 * goes back to the first beat of the block with each tile. A mark goes out where row 0 begins with a tile.
 */

/** What happens in a cycle, as a number of two bits. */
export const marks = {
  nothing: 0,
  /** A tile begins: the sums of the one before are handed over. */
  next: 1,
  /** The first tile of a block begins: there is nothing to hand over. */
  first: 2,
  /** The last tile of a job has ended: its sums are handed over. */
  last: 3,
} as const;

/** Addresses, and where sums begin. */
export interface Walk {
  readonly activations: Signal;
  readonly weights: Signal;
  /** For each cycle of a step whether it is now. With a batch of 1 there is none. */
  readonly cycle: readonly Signal[];
  /** One of `marks`; it comes in the first cycle of a step. */
  readonly mark: Signal;
  /** 1 in the cycle before a job begins: the queue is free again. */
  readonly taken: Signal;
  readonly running: Signal;
  /** The half of the activations that is read. */
  readonly half: Signal;
}

/** The walk of the queued job, which begins when none runs; `abort` ends whatever runs. */
export function walk(
  { queued, abort, job, weights: stored, place: operands }: JobControl,
  { activationDepth, resultDepth, weightWords }: CoreParameters,
  { image }: CoreGeometry,
): Walk {
  const { batch } = image.geometry;
  const { running, resting } = named({
    running: register(bit, { reset: abort }),
    resting: register(bit, { reset: abort }),
  });
  // Out of a register, as is all that moves the counters: their enables are far apart.
  const { taken } = named({ taken: register(bit, { reset: abort }) });
  const takes = all([queued, running.not(), taken.not()]);
  taken.next(takes);

  const { moves } = named({ moves: taken.or(running) });
  const cycle = batch === 1 ? [] : ringOf(batch, taken, moves);
  const stepEnds = cycle.at(-1) ?? toSignal(1);
  const rest = scope('rest', () =>
    downCounter(toSignal(stepsAfter(image) - 1), { load: taken, step: stepEnds.and(resting) }),
  );
  // Of what changes with steps alone it is known a cycle before whether it holds in the last cycle of a step.
  const before = cycle.at(-2);
  const atStepEnd = (condition: Signal): Signal => (before ?? stepEnds).and(condition).and(taken.not());
  const late = (signal: Signal): Signal =>
    before === undefined ? signal : registered(signal, { reset: abort });
  const ending = atStepEnd(resting.and(rest.isLast));
  const { blockEnds } = named({ blockEnds: late(ending) });
  const { loads } = named({ loads: before === undefined ? taken.or(ending) : late(takes.or(ending)) });
  const beat = scope('beat', () =>
    downCounter(within(job.lastBeat, activationDepth), { load: loads, step: stepEnds }),
  );
  const endingTile = atStepEnd(beat.isLast);
  const { tileEnds } = named({ tileEnds: late(endingTile) });
  const tile = scope('tile', () =>
    downCounter(within(job.lastTile, resultDepth), { load: loads, step: tileEnds }),
  );
  const block = scope('block', () =>
    downCounter(within(job.lastBlock, activationDepth), { load: taken, step: blockEnds }),
  );
  const works = running.and(resting.not());
  const { rests } = named({ rests: late(all([endingTile, tile.isLast, running, resting.not()])) });
  resting.next(mux(rests, 1, mux(blockEnds, 0, resting)));
  const ends = blockEnds.and(block.isLast);
  running.next(mux(taken, 1, mux(ends, 0, running)));

  const places = uint(Math.log2(activationDepth) - 1);
  // Without a job the address stands still, and with it the array.
  const { place, first, following } = named({
    place: register(places, { enable: moves }),
    first: register(places),
    following: register(places, { enable: tileEnds }),
  });
  const after = place.add(1).wrap(places);
  following.next(after);
  first.next(mux(taken, 0, mux(blockEnds, following, first)));
  place.next(mux(taken, 0, mux(blockEnds, following, mux(tileEnds, first, after))));
  const { half } = named({ half: register(bit, { enable: taken }).next(operands.activationHalf) });

  const fetches = batch === 1 ? toSignal(1) : any(image.phases.map(phase => cycle[phase]!));
  const { weights } = named({
    weights: register(uint(Math.log2(weightWords)), { enable: taken.or(fetches.and(running)) }),
  });
  weights.next(loadOrCountUp(weights, taken, stored.base.wrap(weights.interval)));

  const begins = taken.or(blockEnds.and(block.isLast.not()));
  const mark = concat(tileEnds.and(works), begins.or(rests.and(block.isLast)));
  return {
    activations: named({ activations: concat(place, half) }).activations,
    weights,
    cycle,
    ...named({ mark: registered(mark, { reset: abort }) }),
    taken,
    running,
    half,
  };
}

/** A bit for each cycle of a step, of which one is 1; it goes on while `moves` is 1. `start` begins a step. */
function ringOf(batch: number, start: Signal, moves: Signal): Signal[] {
  const ring = Array.from({ length: batch }, (_, i) =>
    register(bit, { initial: i === 0 ? 1 : 0, reset: true, enable: moves }),
  );
  for (const [i, each] of ring.entries()) each.next(mux(start, i === 0 ? 1 : 0, ring.at(i - 1)!));
  return named({ cycle: ring }).cycle;
}

/** As many bits of a count as can matter where half of a buffer holds what is counted. */
function within(count: Signal, depth: number): Signal {
  return count.slice(0, Math.min(count.width, Math.log2(depth) - 1));
}
