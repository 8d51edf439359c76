import { bit, named, register, type Signal, toSignal, uint } from '../../../hdl-gen/lang/index.ts';
import type { UartRate } from './rate.ts';

/** A bit that is 1 in as many cycles as the rate has pulses. */
export function pulses({ modulus, increment }: UartRate): Signal {
  if (increment === 1) {
    if (modulus === 1) return toSignal(1);
    // The pulse itself begins the count again, so that its comparison has nothing else to do.
    const { pulse } = named({ pulse: register(bit) });
    const cycles = uint(Math.ceil(Math.log2(modulus)));
    const { count } = named({ count: register(cycles, { reset: pulse }) });
    pulse.next(count.equals(modulus - 2));
    count.next(count.add(1).wrap(cycles));
    return pulse;
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
