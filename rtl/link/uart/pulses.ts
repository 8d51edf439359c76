import { bit, named, register, type Signal, toSignal, uint } from '../../../hdl-gen/lang/index.ts';
import type { UartRate } from './rate.ts';

/** A bit that is 1 in as many cycles as the rate has pulses. */
export function pulses({ accumulatorBits, increment }: UartRate): Signal {
  if (accumulatorBits === 0) return toSignal(1);
  const part = uint(accumulatorBits);
  const { fraction, pulse } = named({
    fraction: register(part, { reset: true }),
    pulse: register(bit, { reset: true }),
  });
  const total = fraction.add(increment);
  fraction.next(total.wrap(part));
  pulse.next(total.bit(accumulatorBits));
  return pulse;
}
