import { Interval } from '../../ir/index.ts';
import { mux } from './derived.ts';
import { badArgument } from './diagnostics.ts';
import { type Register, type RegisterOptions, register } from './register.ts';
import type { Signal } from './signal.ts';

/** A counter and whether it stands at its last value. */
export interface Counter {
  readonly count: Register;
  readonly isLast: Signal;
}

/**
 * A counter through 0 .. length - 1 (length from 1), which starts again after the last value. It moves on at every
 * edge, or where `enable` is 1.
 * @throws Diagnostic TCT-1024 for any other length.
 */
export function counter(length: number, options?: Omit<RegisterOptions, 'initial'>): Counter {
  if (!Number.isSafeInteger(length) || length < 1)
    throw badArgument(`the length of a counter is a whole number from 1, not ${length}`);
  const values = new Interval(0n, BigInt(length - 1));
  const count = register(values, options);
  const isLast = count.equals(length - 1);
  count.next(mux(isLast, 0, count.add(1)).assume(values, 'a counter starts again after its last value'));
  return { count, isLast };
}
