import { bit, counter, named, register, registered, type Signal, uint } from '../../../hdl-gen/lang/index.ts';
import type { UartRate } from './rate.ts';

/** A bit that is 1 in as many cycles as the rate has pulses. */
export function pulses({ modulus, increment }: UartRate): Signal {
  if (increment === 1) {
    const { isLast } = counter(modulus, { reset: true });
    return named({ pulse: registered(isLast, { reset: true }) }).pulse;
  }
  const part = uint(Math.log2(modulus));
  const { fraction, pulse } = named({
    fraction: register(part, { reset: true }),
    pulse: register(bit, { reset: true }),
  });
  const total = fraction.add(increment);
  fraction.next(total.wrap(part));
  pulse.next(total.bit(part.width));
  return pulse;
}
