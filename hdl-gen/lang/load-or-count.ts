import { uint } from '../../ir/index.ts';
import { concat, mux } from './derived.ts';
import { type Signal, toSignal } from './signal.ts';

/*
 * Counters that can also be loaded, in one logic cell a bit. The carry of such a cell takes its operands from two inputs of the
 * LUT, and `load ? value : count + 1` has a fourth input besides. So `load` itself is what is added: what the sum is then makes no
 * difference.
 */

/** `load ? value : count + step`, in the bits of `count`; `step` is a bit. */
export function loadOrCountUp(
  count: Signal,
  load: Signal,
  value: Signal,
  step: Signal = toSignal(1),
): Signal {
  const others = Array.from({ length: count.width - 1 }, () => load);
  return mux(load, value, count.add(concat(step, ...others)).wrap(uint(count.width)));
}

/** `load ? value : count - 1`, in the bits of `count`. */
export function loadOrCountDown(count: Signal, load: Signal, value: Signal): Signal {
  const minusOne = concat(...Array.from({ length: count.width }, () => load.not()));
  return mux(load, value, count.add(minusOne).wrap(uint(count.width)));
}
