import { int, loadOrCountDown, named, register, type Signal } from '../../hdl-gen/lang/index.ts';

/** A count of rounds that are still to come, and whether there is none. */
export interface DownCounter {
  /** 1 in the last round; straight out of a register, so that nothing waits for a comparison. */
  readonly isLast: Signal;
}

/** What moves a counter. */
export interface CounterMoves {
  /** Begins anew at once. */
  readonly load: Signal;
  /** A round ends. */
  readonly step: Signal;
  /** 1 where one of both is; given where it is known already. */
  readonly moves?: Signal;
}

/**
 * Counts rounds: from `start`, which is the number of rounds less 2, down to -1, a step at each edge where `step` is 1, and begins
 * again after that. So the sign of the count tells the last round, and nothing is compared. `load` begins anew at once.
 */
export function downCounter(start: Signal, { load, step, moves = load.or(step) }: CounterMoves): DownCounter {
  const values = int(start.interval.min < 0n ? start.width : start.width + 1);
  const { rounds } = named({ rounds: register(values, { enable: moves }) });
  const { is_last: isLast } = named({ is_last: rounds.bit(values.width - 1) });
  rounds.next(loadOrCountDown(rounds, load.or(isLast), start.wrap(values)).wrap(values));
  return { isLast };
}
