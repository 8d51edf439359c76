import { bit, loadOrCountDown, mux, named, register, type Signal, uint } from '../../hdl-gen/lang/index.ts';

/** A count of rounds that are still to come, and whether there is none. */
export interface DownCounter {
  /** 1 in the last round; straight out of a register, so that nothing waits for a comparison. */
  readonly isLast: Signal;
}

/**
 * Counts from `last` down to 0, a step at each edge where `step` is 1, and begins again after 0. `load` begins anew at
 * once.
 */
export function downCounter(last: Signal, { load, step }: { load: Signal; step: Signal }): DownCounter {
  const moves = load.or(step);
  const values = uint(last.width);
  const { rounds, isLast } = named({
    rounds: register(values, { enable: moves }),
    isLast: register(bit, { enable: moves }),
  });
  const { begins } = named({ begins: load.or(isLast) });
  rounds.next(loadOrCountDown(rounds, begins, last));
  isLast.next(mux(begins, last.equals(0), rounds.equals(1)));
  return { isLast };
}
