import { callerLine } from '../../diagnostic/index.ts';
import { Interval, least, most, type ParametersOf, type PrimitiveName, uint } from '../../ir/index.ts';
import {
  foreignSignal,
  intervalNotInside,
  notABit,
  notAnInteger,
  notAPowerOfTwoRange,
  outOfBits,
} from './diagnostics.ts';
import type { Instance } from './instance.ts';
import type { ReadPort } from './memory.ts';
import { currentModule, type Module } from './module.ts';
import { simplify } from './simplify.ts';

/** A signal, or a whole number as a constant. */
export type Operand = Signal | number | bigint;

/** What drives a signal. */
export type Origin =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'input'; readonly port: string; readonly index: number }
  | { readonly kind: 'reset'; readonly domain: string }
  | {
      readonly kind: 'operation';
      readonly operation: PrimitiveName;
      readonly operands: readonly Signal[];
      readonly parameters: unknown;
    }
  | { readonly kind: 'wire' }
  | { readonly kind: 'register' }
  | { readonly kind: 'read'; readonly port: ReadPort; readonly field: number }
  | { readonly kind: 'instance'; readonly instance: Instance; readonly port: string; readonly index: number };

/**
 * A signal: an integer with an interval, at one place of a circuit.
 *
 * Arithmetic is exact; the interval of a result covers every possible result, so nothing is lost in silence.
 * There is no `mul`, on purpose: what the language can say is free of multipliers by construction. The product by
 * a constant is `times`, which makes shifts and adds.
 */
export class Signal {
  readonly interval: Interval;
  readonly origin: Origin;
  /** The module that the signal belongs to; a constant belongs to none. */
  readonly module: Module | undefined;
  /** The user's line that made it, `file.ts:12`. */
  readonly source: string;
  /** The name in the Verilog, where it was given one. */
  name: string | undefined;

  constructor(interval: Interval, origin: Origin, name?: string) {
    this.interval = interval;
    this.origin = origin;
    this.name = name;
    if (origin.kind === 'constant') {
      this.module = undefined;
      this.source = '';
    } else {
      this.module = currentModule();
      // Ports are made by the component, not at one line of its body.
      const isPort = origin.kind === 'input' || origin.kind === 'reset';
      this.source = isPort ? this.module.source : callerLine();
      this.module.signals.push(this);
    }
  }

  /** Bits of the signal. */
  get width(): number {
    return this.interval.width;
  }

  /** The value, where only one is possible. */
  get constant(): bigint | undefined {
    return this.origin.kind === 'constant' ? this.origin.value : undefined;
  }

  /** this + other, exact. */
  add(other: Operand): Signal {
    return apply('add', [this, other], undefined);
  }

  /** this - other, exact. */
  sub(other: Operand): Signal {
    return apply('sub', [this, other], undefined);
  }

  /** -this, exact: the negation of [-128, 127] is [-127, 128]. */
  negate(): Signal {
    return apply('negate', [this], undefined);
  }

  /** this & other, on two's complement with endless sign bits. */
  and(other: Operand): Signal {
    return apply('and', [this, other], undefined);
  }

  /** this | other, on two's complement with endless sign bits. */
  or(other: Operand): Signal {
    return apply('or', [this, other], undefined);
  }

  /** this ^ other, on two's complement with endless sign bits. */
  xor(other: Operand): Signal {
    return apply('xor', [this, other], undefined);
  }

  /** Every bit of the signal inverted: -1 - this where it is signed, 2^width - 1 - this where it is not. */
  not(): Signal {
    return this.interval.signed
      ? apply('complement', [this], undefined)
      : apply('invert', [this], { width: this.width });
  }

  /** All ones (-1) where this bit is 1, else 0: a bit as a mask for words. */
  mask(): Signal {
    requireBit(this, 'mask');
    return apply('mask', [this], undefined);
  }

  /** 1 where the number of ones among the bits is odd, else 0. */
  parity(): Signal {
    return apply('parity', [this], { width: this.width });
  }

  equals(other: Operand): Signal {
    return apply('equal', [this, other], undefined);
  }

  notEquals(other: Operand): Signal {
    return this.equals(other).not();
  }

  lessThan(other: Operand): Signal {
    return apply('less', [this, other], undefined);
  }

  atMost(other: Operand): Signal {
    return toSignal(other).lessThan(this).not();
  }

  moreThan(other: Operand): Signal {
    return toSignal(other).lessThan(this);
  }

  atLeast(other: Operand): Signal {
    return this.lessThan(other).not();
  }

  /** this * 2^count, exact; the count is a whole number from 0, or a signal that is never negative. */
  shiftLeft(count: Operand): Signal {
    return shift(this, count, 'shiftLeft', 'shiftLeftBy');
  }

  /** floor(this / 2^count); the count is a whole number from 0, or a signal that is never negative. */
  shiftRight(count: Operand): Signal {
    return shift(this, count, 'shiftRight', 'shiftRightBy');
  }

  /** Bits low .. low + width - 1 as an unsigned number. @throws Diagnostic TCT-1012 outside the signal's bits. */
  slice(low: number, width: number): Signal {
    if (
      !Number.isInteger(low) ||
      !Number.isInteger(width) ||
      low < 0 ||
      width < 1 ||
      low + width > this.width
    ) {
      throw outOfBits(this, low, width);
    }
    return apply('slice', [this], { low, width });
  }

  /** Bit `index`, counted from the lowest, which is 0. */
  bit(index: number): Signal {
    return this.slice(index, 1);
  }

  /** All bits, lowest first. */
  bits(): Signal[] {
    return Array.from({ length: this.width }, (_, i) => this.bit(i));
  }

  /** The value of `to` that is equal modulo 2^width: drops high bits knowingly. `to` is `int(w)` or `uint(w)`. */
  wrap(to: Interval): Signal {
    if (!to.isFullRange) throw notAPowerOfTwoRange(this, to);
    return apply('wrap', [this], { to });
  }

  /** The nearest value of `to`. */
  saturate(to: Interval): Signal {
    return apply('saturate', [this], { to });
  }

  /**
   * The same value, promised to lie in `to`. It makes no logic: every simulation checks it and stops where it does
   * not hold, and the Verilog carries it as an assertion under `ifdef FORMAL`.
   */
  assume(to: Interval, why: string): Signal {
    if (to.covers(this.interval)) return this;
    if (to.max < this.interval.min || this.interval.max < to.min) throw intervalNotInside(this, to);
    const inside = this.lessThan(to.min).or(toSignal(to.max).lessThan(this)).not();
    currentModule().properties.push({
      kind: 'assume',
      condition: inside,
      subject: this,
      why,
      source: callerLine(),
    });
    return apply('assume', [this], { to });
  }

  /**
   * this * constant, exact, as shifts, adds and subtractions: one for each non-zero digit of the constant's
   * canonical signed form. A product of two signals does not exist.
   */
  times(constant: number | bigint): Signal {
    const factor = toInteger(constant);
    const added: Signal[] = [];
    const subtracted: Signal[] = [];
    for (let shift = 0, rest = factor; rest !== 0n; shift++, rest >>= 1n) {
      if ((rest & 1n) === 0n) continue;
      // Digit +1 or -1, so that the next digit is 0: a run of ones becomes one subtraction and one addition.
      const digit = (rest & 3n) === 3n ? -1n : 1n;
      (digit > 0n ? added : subtracted).push(this.shiftLeft(shift));
      rest -= digit;
    }
    const [first, ...others] = added;
    let result = first ?? subtracted.shift()?.negate() ?? toSignal(0);
    for (const term of others) result = result.add(term);
    for (const term of subtracted) result = result.sub(term);
    // The sum of the terms' intervals does not know that all terms are multiples of one number.
    const ends = [this.interval.min * factor, this.interval.max * factor];
    const exact = new Interval(least(...ends), most(...ends));
    return exact.covers(result.interval) ? result : apply('assume', [result], { to: exact });
  }

  /** How messages call the signal. */
  describe(): string {
    if (this.name !== undefined) return `'${this.name}'`;
    const { origin } = this;
    if (origin.kind === 'constant') return `the constant ${origin.value}`;
    if (origin.kind === 'operation') return `the unnamed result of '${origin.operation}'`;
    if (origin.kind === 'reset') return 'the reset';
    return `an unnamed ${origin.kind}`;
  }
}

/** The signal for an operand: itself, or a constant. @throws Diagnostic TCT-1010 for a number that is not whole. */
export function toSignal(operand: Operand): Signal {
  if (operand instanceof Signal) return operand;
  const value = toInteger(operand);
  return new Signal(Interval.of(value), { kind: 'constant', value });
}

/** Applies a row of the table of operations. A result that can take one value only becomes a constant. */
export function apply<N extends PrimitiveName>(
  operation: N,
  operands: readonly Operand[],
  parameters: ParametersOf<N>,
): Signal {
  const signals = operands.map(toSignal);
  for (const signal of signals) requireHere(signal);
  const simple = simplify(operation, signals, parameters);
  if (simple instanceof Signal) return simple;
  if (typeof simple === 'bigint') return toSignal(simple);
  return new Signal(simple, { kind: 'operation', operation, operands: signals, parameters });
}

/** Refuses a signal of another component: it has to come through a port. */
export function requireHere(signal: Signal): void {
  if (signal.module !== undefined && signal.module !== currentModule())
    throw foreignSignal(signal, currentModule());
}

/** Refuses a signal that can be anything but 0 and 1. */
export function requireBit(signal: Signal, use: string): void {
  if (!uint(1).covers(signal.interval)) throw notABit(signal, use);
}

/** No signal is shifted left further: what is wider than this is a mistake. */
const widestShift = 65_536n;

function shift(
  signal: Signal,
  count: Operand,
  fixed: 'shiftLeft' | 'shiftRight',
  variable: 'shiftLeftBy' | 'shiftRightBy',
): Signal {
  const amount = toSignal(count);
  if (amount.interval.signed)
    throw intervalNotInside(amount, new Interval(0n, amount.interval.max < 0n ? 0n : amount.interval.max));
  if (fixed === 'shiftLeft' && amount.interval.max > widestShift)
    throw intervalNotInside(amount, new Interval(0n, widestShift));
  return amount.constant === undefined
    ? apply(variable, [signal, amount], undefined)
    : apply(fixed, [signal], { count: Number(amount.constant) });
}

/** The whole number. @throws Diagnostic TCT-1010 for a number that is not whole. */
export function toInteger(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isSafeInteger(value)) throw notAnInteger(value);
  return BigInt(value);
}
