import { callerLine } from '../../diagnostic/index.ts';
import { losesValue, twoDrivers } from './diagnostics.ts';
import { type Operand, requireHere, type Signal, toSignal } from './signal.ts';

/**
 * What drives a wire or a register: it is given once, and it must fit. Both refusals are told when the component is
 * complete, because only then are all names known.
 */
export class Driver {
  #value: Signal | undefined;
  #givenAt = '';

  get value(): Signal | undefined {
    return this.#value;
  }

  /** @throws Diagnostic TCT-1002 for a signal of another component; TCT-1003 and TCT-1004 come later. */
  give(target: Signal, operand: Operand): void {
    const value = toSignal(operand);
    requireHere(target);
    requireHere(value);
    const module = target.module!;
    const at = callerLine();
    const first = this.#givenAt;
    if (this.#value !== undefined) {
      module.postpone(() => twoDrivers(target, first, at));
      return;
    }
    if (!target.interval.covers(value.interval))
      module.postpone(() => losesValue(value, target, target.interval, at));
    this.#value = value;
    this.#givenAt = at;
  }
}
