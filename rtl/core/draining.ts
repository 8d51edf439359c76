import {
  any,
  bit,
  mux,
  named,
  range,
  register,
  registered,
  type Signal,
  scope,
  toSignal,
} from '../../hdl-gen/lang/index.ts';
import { downCounter } from './down-counter.ts';
import { inGroups } from './groups.ts';
import type { CoreParameters } from './parameters.ts';
import { type Handing, nextVector } from './turns.ts';
import { untilAbort } from './until-abort.ts';
import { marks } from './walk.ts';

/** When all rows begin together, and when their sums come out of the chain (`drain-chain.ts`). */
export interface Draining extends Handing {
  /** For each row: 1 where the chain takes its sum. */
  readonly takes: readonly Signal[];
}

/**
 * `abort` ends whatever drains. `hands` comes a cycle before its sum is at the end of the chain:
 *
 *     mark         ^ first                ^ next
 *     restarts       1 1                    1 1
 *     takes                                 1 1                  after `first` there is nothing to take
 *     hands                                     1 1 1 1 1 1      two vectors, three rows
 *     out of the chain                            0 0 1 1 2 2    rows
 */
export function draining(mark: Signal, abort: Signal, parameters: CoreParameters): Draining {
  const { rows, batch } = parameters;
  const vectors = range(0, batch - 1);
  const { vector } = named({ vector: register(vectors) });
  vector.next(mux(mark.notEquals(marks.nothing), 0, nextVector(vector)));
  // A mark holds for a cycle with each vector.
  const { now } = named({
    now: Array.from({ length: batch }, (_, vector) => untilAbort(mark, vector + 1, abort)),
  });
  const { restart, takes } = named({
    restart: registered(any(now.map(each => each.notEquals(marks.nothing)))),
    takes: registered(any(now.map(isEnd))),
  });
  const out = scope('out', () => leaving(now.at(-1)!, abort, rows, batch));
  // An enable of all sums would be as far from most of them as it could be, so they go on without a job too.
  const active = toSignal(1);
  return {
    vector,
    active,
    restarts: inGroups(restart, parameters),
    takes: inGroups(takes, parameters),
    ...out,
  };
}

/** 1 at the marks at which sums are finished. */
function isEnd(mark: Signal): Signal {
  return mark.bit(0);
}

/** What leaves the chain from the cycle after a mark on: as many sums as there are rows, for each vector. */
function leaving(
  mark: Signal,
  abort: Signal,
  rows: number,
  batch: number,
): Pick<Handing, 'hands' | 'ends' | 'opens' | 'finishes'> {
  const begins = isEnd(mark);
  const isLast = mark.equals(marks.last);
  const { hands, is_last, is_open, vector } = named({
    hands: register(bit, { reset: abort }),
    is_last: register(bit, { enable: begins }).next(isLast),
    is_open: register(bit, { reset: abort }),
    vector: register(range(0, batch - 1)),
  });
  is_open.next(mux(begins, isLast.not(), is_open));
  vector.next(mux(begins, 0, nextVector(vector)));
  const { ends } = named({ ends: vector.equals(batch - 1) });
  const row = scope('row', () => downCounter(toSignal(rows - 2), { load: begins, step: ends }));
  const empties = ends.and(row.isLast);
  hands.next(begins.or(hands.and(empties.not())));
  return {
    hands,
    ends,
    opens: named({ opens: begins.and(is_open.not()) }).opens,
    finishes: named({ finishes: hands.and(empties).and(is_last) }).finishes,
  };
}
