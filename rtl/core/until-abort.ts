import { registered, type Signal } from '../../hdl-gen/lang/index.ts';

/** A signal of some edges ago, or 0 where it was on its way at an abort. */
export function untilAbort(signal: Signal, cycles: number, abort: Signal): Signal {
  let late = signal;
  for (let i = 0; i < cycles; i++) late = registered(late, { reset: abort });
  return late;
}
