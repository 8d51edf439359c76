import {
  all,
  any,
  bit,
  mux,
  named,
  range,
  register,
  registered,
  type Signal,
  toSignal,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { marks } from './walk.ts';

/** Cycles by which a mark comes before the totals of the first beat of its tile. */
export const markAhead = 2;

/** When rows begin new sums, and when those before are handed over. */
export interface Handing {
  /** The vector of the next cycle. */
  readonly vector: Signal;
  /** For each row: 1 where it begins a new sum. */
  readonly restarts: readonly Signal[];
  /** 1 from the first turn of a job to the last: only then is a sum of any meaning. */
  readonly active: Signal;
  /** 1 where a sum is handed over that is a result. */
  readonly hands: Signal;
  /** 1 where it is the last one of a row. */
  readonly ends: Signal;
  /** 1 in the cycle before the first sum of a job. */
  readonly opens: Signal;
  /** 1 where it is the last one of a job. */
  readonly finishes: Signal;
}

/** The same where rows have their turns. */
export interface Turns extends Handing {
  /** 1 in the cycle before the last one of a turn in which results are handed over. */
  readonly isEnding: Signal;
}

/**
 * Whose turn it is to hand over a sum and to begin a new one; `abort` ends all turns. With a mark row 0 has its turn, for a cycle with each vector; then row 1, and so on:
 *
 *     mark      ^ first                  ^ next
 *     vector     . 0 1 0 1 0 1           . 0 1 0 1 0 1        two vectors, three rows
 *     row          0 0 1 1 2 2             0 0 1 1 2 2
 *     hands                                1 1 1 1 1 1        after `first` there is nothing to hand over
 */
export function rowsInTurn(mark: Signal, abort: Signal, rows: number, batch: number): Turns {
  const { moves } = named({ moves: wire(bit) });
  const { vector } = named({ vector: register(range(0, batch - 1), { enable: moves }) });
  const isLastVector = vector.equals(batch - 1);
  const isMark = mark.notEquals(marks.nothing);
  vector.next(mux(isMark, 0, nextVector(vector)));
  const { ends } = named({ ends: batch === 1 ? toSignal(1) : registered(isLastVector) });

  const { now } = named({ now: registered(mark, { reset: abort }) });
  const begins = now.notEquals(marks.nothing);
  const isFirst = now.equals(marks.first);
  const isLast = now.equals(marks.last);
  const { restarts, has_sums, is_last } = named({
    restarts: Array.from({ length: rows }, () => register(bit, { reset: abort })),
    has_sums: register(bit, { enable: begins }).next(isFirst.not()),
    is_last: register(bit, { enable: begins }).next(isLast),
  });
  for (const [row, restart] of restarts.entries()) {
    const before = restarts[row - 1];
    const next = before === undefined ? mux(begins, 1, mux(ends, 0, restart)) : mux(ends, before, restart);
    restart.next(next);
  }
  // Whether it is anybody's turn, which many rows would have to be asked for.
  const { is_turn } = named({ is_turn: register(bit, { reset: abort }) });
  const goesOn = restarts.at(-1)!.and(ends.not());
  const isNextTurn = any([begins, goesOn, ...restarts.slice(0, -1)]);
  is_turn.next(isNextTurn);
  const { is_open } = named({ is_open: register(bit, { reset: abort }) });
  is_open.next(mux(begins, isLast.not(), is_open));
  const { active } = named({ active: is_open.or(is_turn) });
  moves.drive(any([isMark, begins, active]));
  return {
    vector,
    restarts,
    active,
    hands: named({ hands: is_turn.and(has_sums) }).hands,
    ends,
    isEnding: all([isNextTurn, mux(begins, isFirst.not(), has_sums), isLastVector]),
    opens: named({ opens: isFirst.and(is_open.not()) }).opens,
    finishes: named({ finishes: restarts.at(-1)!.and(ends).and(is_last) }).finishes,
  };
}

/** The vector after this one, and after the last one the first. */
export function nextVector(vector: Signal): Signal {
  const { interval } = vector;
  return mux(vector.equals(interval.max), 0, vector.add(1)).assume(interval, 'there is none after the last');
}
