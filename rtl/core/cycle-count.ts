import { concat, mux, named, register, registered, type Signal, uint } from '../../hdl-gen/lang/index.ts';
import type { CoreParameters } from './parameters.ts';

/** Bits of the count. */
const bits = 24;

/**
 * How many cycles `counts` was 1 since `clears`. For a fast clock it is in two halves, as a carry chain of all its bits would
 * be the longest one of the core: the upper half counts a cycle later, and the lower one is told a cycle later too.
 */
export function cycleCount(
  { counts, clears }: { readonly counts: Signal; readonly clears: Signal },
  { activationRegister }: CoreParameters,
): Signal {
  const lowBits = activationRegister ? bits / 2 : bits;
  const { low } = named({ low: register(uint(lowBits)) });
  // Out of a register, so that the way to the chain is all that is in its time.
  const { counted } = named({ counted: registered(counts, { reset: true }) });
  const sum = low.add(counted);
  low.next(mux(clears, 0, sum.wrap(low.interval)));
  if (lowBits === bits) return low;
  const { carry, told, high } = named({
    carry: registered(mux(clears, 0, sum.shiftRight(lowBits))),
    told: registered(low),
    high: register(uint(bits - lowBits)),
  });
  high.next(mux(clears, 0, high.add(carry).wrap(high.interval)));
  return concat(told, high);
}
