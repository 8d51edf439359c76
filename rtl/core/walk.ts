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
  wire,
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
  /** 1 in the cycles in which the word of weights at its address is asked for. */
  readonly fetches: Signal;
  /** 1 in the cycle before each of these. */
  readonly willFetch: Signal;
  /** 1 in the cycles in which activations are. */
  readonly moves: Signal;
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
  { activationDepth, activationRegister: isFast, weightWords }: CoreParameters,
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

  const { moves } = named({ moves: wire(bit) });
  const cycle = batch === 1 ? [] : ringOf(batch, taken, moves);
  const stepEnds = cycle.at(-1) ?? toSignal(1);
  // Of what changes with steps alone it is known a cycle before whether it holds in the last cycle of a step; of the end of a block
  // even with a batch of 1, if what follows its last tile is more than a cycle.
  const before = cycle.at(-2);
  const after = stepsAfter(image);
  const isCloser = before === undefined && after > 1;
  const atStepEnd = (condition: Signal): Signal => (before ?? stepEnds).and(condition).and(taken.not());
  const next = (signal: Signal): Signal =>
    before === undefined ? signal : registered(signal, { reset: abort });
  const { blockEnds } = named({ blockEnds: wire(bit) });
  const rest = scope('rest', () =>
    isCloser
      ? downCounter(toSignal(after - 3), { load: taken.or(blockEnds), step: resting })
      : downCounter(toSignal(after - 2), { load: taken, step: stepEnds.and(resting) }),
  );
  const ending = atStepEnd(all([resting, rest.isLast, ...(isCloser ? [blockEnds.not()] : [])]));
  blockEnds.drive(isCloser ? registered(ending, { reset: abort }) : next(ending));
  const { loads } = named({
    loads: before === undefined ? taken.or(blockEnds) : next(takes.or(ending)),
  });
  const beat = scope('beat', () =>
    // Where each cycle is a step, nothing else lets it stand still without a job.
    downCounter(job.lastBeat, {
      load: loads,
      ...(batch === 1 ? { step: moves, moves } : { step: stepEnds }),
    }),
  );
  const endingTile = atStepEnd(beat.isLast);
  const { tileEnds } = named({ tileEnds: next(endingTile) });
  const tile = scope('tile', () => downCounter(job.lastTile, { load: loads, step: tileEnds }));
  const block = scope('block', () => downCounter(job.lastBlock, { load: taken, step: blockEnds }));
  const works = running.and(resting.not());
  const { rests } = named({ rests: next(all([endingTile, tile.isLast, running, resting.not()])) });
  resting.next(rests.or(resting.and(blockEnds.not())));
  const stays = running.and(blockEnds.and(block.isLast).not());
  const goesOn = taken.or(stays);
  running.next(goesOn);
  // For a fast clock it is known a cycle before.
  moves.drive(isFast ? registered(any([takes, taken, stays]), { reset: abort }) : taken.or(running));

  const places = uint(Math.log2(activationDepth) - 1);
  // What is read for the last tile of a block leads to where the next block begins.
  const leads = works.and(tile.isLast);
  const { place, first, following } = named({
    // Without a job the address stands still, and with it the array.
    place: register(places, { enable: moves }),
    first: register(places),
    following: register(places, { enable: taken.or(leads) }),
  });
  following.next(mux(taken, 0, following.add(1).wrap(places)));
  // Where the end of a block is known before, the place has one way only to go back: no tile ends in the last round of the rest
  // before the block does.
  const isKnown = before !== undefined || isCloser;
  first.next(mux(taken, 0, mux(isKnown ? resting.and(rest.isLast) : blockEnds, following, first)));
  const again = isKnown ? first : mux(blockEnds, following, first);
  place.next(mux(taken, 0, loadOrCountUp(place, blockEnds.or(tileEnds), again)));
  const { half } = named({ half: register(bit, { enable: taken }).next(operands.activationHalf) });

  const phases = new Set(image.phases);
  const isAlways = phases.size === batch;
  const due = isAlways ? { now: toSignal(1), next: toSignal(1) } : duringPhases(cycle, phases, taken, moves);
  const { fetches } = named({ fetches: due.now.and(running) });
  const { weights } = named({
    weights: register(uint(Math.log2(weightWords)), {
      enable: isAlways && isFast ? moves : taken.or(fetches),
    }),
  });
  weights.next(loadOrCountUp(weights, taken, stored.base.wrap(weights.interval)));

  const begins = taken.or(blockEnds.and(block.isLast.not()));
  const mark = concat(tileEnds.and(works), begins.or(rests.and(block.isLast)));
  // The registers of a fast core can be close to the memories, and the counters close to what moves them.
  const late = (asked: Signal): Signal => (isFast ? registered(asked) : asked);
  return {
    ...named({
      reads: {
        activations: late(concat(place, half)),
        weights: late(weights),
        fetches: late(fetches),
        willFetch: isFast ? fetches : due.next.and(goesOn),
        moves: late(running),
      },
    }).reads,
    cycle,
    ...named({ mark: registered(mark, { reset: abort }) }),
    taken,
    running,
    half,
  };
}

/**
 * Whether it is one of some cycles of a step now: out of a register, as the bits of the cycles are. And, where they move, whether
 * it will be in the cycle after this one.
 */
function duringPhases(
  cycle: readonly Signal[],
  phases: ReadonlySet<number>,
  start: Signal,
  moves: Signal,
): { readonly now: Signal; readonly next: Signal } {
  const first = phases.has(0) ? 1 : 0;
  const { is_due: isDue } = named({
    is_due: register(bit, { initial: first, reset: true, enable: moves }),
  });
  const next = mux(start, first, any([...phases].map(phase => cycle.at(phase - 1)!)));
  isDue.next(next);
  return { now: isDue, next };
}

/** A bit for each cycle of a step, of which one is 1; it goes on while `moves` is 1. `start` begins a step. */
function ringOf(batch: number, start: Signal, moves: Signal): Signal[] {
  const ring = Array.from({ length: batch }, (_, i) =>
    register(bit, { initial: i === 0 ? 1 : 0, reset: true, enable: moves }),
  );
  for (const [i, each] of ring.entries()) each.next(mux(start, i === 0 ? 1 : 0, ring.at(i - 1)!));
  return named({ cycle: ring }).cycle;
}
