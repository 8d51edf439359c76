import type { Interval } from '../../ir/index.ts';
import { losesValue, twoDrivers } from './diagnostics.ts';
import { type Operand, requireHere, Signal, toSignal } from './signal.ts';
import { callerLine } from './source.ts';

/** A signal that is used before what drives it exists, as the ready that comes back from a later stage. */
export class Wire extends Signal {
  #driver: Signal | undefined;
  #drivenAt = '';

  constructor(interval: Interval) {
    super(interval, { kind: 'wire' });
  }

  get driver(): Signal | undefined {
    return this.#driver;
  }

  /**
   * Connects what drives the wire, once.
   * @throws Diagnostic TCT-1003 when the interval does not fit, TCT-1004 for a second driver.
   */
  drive(value: Operand): this {
    const driver = toSignal(value);
    requireHere(driver);
    if (this.#driver !== undefined) throw twoDrivers(this, this.#drivenAt);
    if (!this.interval.covers(driver.interval)) throw losesValue(driver, this.describe(), this.interval);
    this.#driver = driver;
    this.#drivenAt = callerLine();
    return this;
  }
}

/** A wire for values of `interval`; give it a driver with `drive`. */
export function wire(interval: Interval): Wire {
  return new Wire(interval);
}
