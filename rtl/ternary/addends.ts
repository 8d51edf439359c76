import { mux, named, registered, type Signal, toSignal, uint } from '../../hdl-gen/lang/index.ts';
import type { AccumulatorInputs } from './accumulator.ts';

/** How a sum is cut into segments, the lowest first. */
export interface Segments {
  readonly count: number;
  /** Bits of each but the highest one. */
  readonly size: number;
}

/**
 * What each segment adds: the total alone to the lowest one, which hands on what is above it; or the segments of the
 * total and the initial value. A beat that does not count adds 0: the flip-flop's own reset makes it, at no cost.
 */
export function addendsOf(
  { total, init, valid }: AccumulatorInputs,
  { count, size }: Segments,
): readonly (Signal | undefined)[] {
  const cleared = (value: Signal) => registered(mux(valid, value, 0));
  if (init.constant !== undefined) return [named({ addend: cleared(total) }).addend];
  let { sum } = named({ sum: registered(total) });
  return Array.from({ length: count }, (_, s) => {
    const value = sum.add(initSegment(init, s, { count, size }));
    // The initial value of a beat that does not count is 0, so what is cleared once stays so.
    const kept = s === 0 ? cleared : registered;
    if (s === count - 1) {
      const name = count === 1 ? 'addend' : `addend_${s}`;
      return named({ [name]: kept(value) })[name];
    }
    const addend = kept(value.wrap(uint(size)));
    sum = kept(value.shiftRight(size));
    named({ [`addend_${s}`]: addend, [`addend_carry_${s}`]: sum });
    return addend;
  });
}

/** The bits of the initial value in a segment: unsigned, but for the highest of its own, which has the sign. */
function initSegment(init: Signal, s: number, { count, size }: Segments): Signal {
  const low = s * size;
  if (low >= init.width) return toSignal(0);
  if (s === count - 1 || low + size >= init.width) return init.shiftRight(low);
  return init.slice(low, size);
}
