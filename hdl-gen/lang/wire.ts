import type { Interval } from '../../ir/index.ts';
import { Driver } from './driver.ts';
import { type Operand, Signal } from './signal.ts';

/** A signal that is used before what drives it exists, as the ready that comes back from a later stage. */
export class Wire extends Signal {
  readonly #driver = new Driver();

  constructor(interval: Interval) {
    super(interval, { kind: 'wire' });
  }

  get driver(): Signal | undefined {
    return this.#driver.value;
  }

  /**
   * Connects what drives the wire, once. The component is refused with TCT-1003 when the interval does not fit, and
   * with TCT-1004 for a second driver.
   */
  drive(value: Operand): this {
    this.#driver.give(this, value);
    return this;
  }
}

/** A wire for values of `interval`; give it a driver with `drive`. */
export function wire(interval: Interval): Wire {
  return new Wire(interval);
}
