import { uartRate } from '../../rtl/link/index.ts';

/** The rate of a UART: what was asked for, and what the divider makes of the clock. */
export interface LinkRate {
  readonly baud: number;
  readonly reachedBaud: number;
  /** (reached - asked) / asked, in percent: at most 0.2 either way, which `uartRate` sees to. */
  readonly errorPercent: number;
}

/** @throws Diagnostic TCT-7401 for a clock that is too slow for the rate. */
export function linkRate(clockMHz: number, baud: number): LinkRate {
  const { baud: reached, error } = uartRate(Math.round(clockMHz * 1e6), baud);
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return { baud, reachedBaud: round(reached), errorPercent: round(error * 100) };
}

/** `1,000,000 baud, 0.16 % more by the divider` */
export function linkRateText({ baud, errorPercent }: LinkRate): string {
  const shown = Math.abs(errorPercent).toFixed(2);
  const error =
    shown === '0.00' ? 'exact' : `${shown} % ${errorPercent > 0 ? 'more' : 'less'} by the divider`;
  return `UART at ${baud.toLocaleString('en')} baud, ${error}`;
}
