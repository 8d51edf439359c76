/**
 * The rate of a UART from the clock of a board, whatever the two are: a pulse that comes 8 or 4 times in each bit, from an
 * accumulator that adds `increment` in every cycle and whose overflow is the pulse. So the average is exact to a
 * thousandth, and no pulse is more than a cycle from its place. Where a whole number of cycles is as exact, they are counted.
 */
import { badRate, baudTooFast } from '../diagnostics.ts';

/** How the pulses are made. */
export interface UartRate {
  /** Pulses in each bit. */
  readonly oversampling: 4 | 8;
  /** There are `increment` pulses in `modulus` cycles; if not 1 in so many, `modulus` is a power of two. */
  readonly modulus: number;
  readonly increment: number;
  /** Bits a second that it comes to. */
  readonly baud: number;
  /** (baud - asked) / asked. */
  readonly error: number;
}

/** The accumulator grows until the error is below this. */
const wantedError = 0.001;
const largestModulus = 2 ** 16;

/**
 * The rate for a clock and a number of bits a second, within 0.2 %; two ends that are each 2 % off still agree on the last bit of a byte.
 * @throws Diagnostic TCT-7401 for less than 4 cycles a bit, TCT-7403 for no whole number from 1.
 */
export function uartRate(clockHz: number, baud: number): UartRate {
  if (!Number.isInteger(clockHz) || clockHz < 1) throw badRate('the clock', clockHz);
  if (!Number.isInteger(baud) || baud < 1) throw badRate('the rate', baud);
  const cycles = clockHz / baud;
  if (cycles < 4) throw baudTooFast(clockHz, baud, Math.floor(clockHz / 4));
  const oversampling = cycles < 8 ? 4 : 8;
  const make = (modulus: number, increment: number): UartRate => {
    const reached = (clockHz * increment) / modulus / oversampling;
    return { oversampling, modulus, increment, baud: reached, error: (reached - baud) / baud };
  };
  const counted = make(Math.round(cycles / oversampling), 1);
  if (Math.abs(counted.error) <= wantedError) return counted;
  for (let modulus = 2; ; modulus *= 2) {
    const rate = make(modulus, Math.round((oversampling / cycles) * modulus));
    if (Math.abs(rate.error) <= wantedError) return rate;
    // A slow rate is better counted than added up.
    if (modulus === largestModulus) return Math.abs(rate.error) < Math.abs(counted.error) ? rate : counted;
  }
}
