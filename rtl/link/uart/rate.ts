/**
 * The rate of a UART from the clock of a board, whatever the two are: a pulse that comes 8 or 4 times in each bit, from an
 * accumulator that adds `increment` in every cycle and whose overflow is the pulse. So the average is exact to a
 * thousandth, and no pulse is more than a cycle from its place.
 */
import { badRate, baudInexact, baudTooFast } from '../diagnostics.ts';

/** How the pulses are made. */
export interface UartRate {
  /** Pulses in each bit. */
  readonly oversampling: 4 | 8;
  /** Bits of the accumulator; 0 where every cycle has a pulse. */
  readonly accumulatorBits: number;
  readonly increment: number;
  /** Bits a second that it comes to. */
  readonly baud: number;
  /** (baud - asked) / asked. */
  readonly error: number;
}

/** The greatest error of the rate: two ends that are each so far off still agree on the last bit of a byte. */
const greatestError = 0.02;
/** The accumulator grows until the error is below this. */
const wantedError = 0.001;
const widestAccumulator = 16;

/**
 * The rate for a clock and a number of bits a second.
 * @throws Diagnostic TCT-7401 for less than 4 cycles a bit, TCT-7402 where the error is above 2 %, TCT-7403 for no
 * whole number from 1.
 */
export function uartRate(clockHz: number, baud: number): UartRate {
  if (!Number.isInteger(clockHz) || clockHz < 1) throw badRate('the clock', clockHz);
  if (!Number.isInteger(baud) || baud < 1) throw badRate('the rate', baud);
  const cycles = clockHz / baud;
  if (cycles < 4) throw baudTooFast(clockHz, baud, Math.floor(clockHz / 4));
  const oversampling = cycles < 8 ? 4 : 8;
  for (let accumulatorBits = 0; ; accumulatorBits++) {
    const increment = Math.round((oversampling / cycles) * 2 ** accumulatorBits);
    const reached = (clockHz * increment) / 2 ** accumulatorBits / oversampling;
    const error = (reached - baud) / baud;
    if (Math.abs(error) > wantedError && accumulatorBits < widestAccumulator) continue;
    if (Math.abs(error) > greatestError) throw baudInexact(clockHz, baud, 100 * Math.abs(error));
    return { oversampling, accumulatorBits, increment, baud: reached, error };
  }
}
