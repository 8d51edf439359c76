import { Interval, int, uint } from '../../ir/index.ts';
import { mux } from './derived.ts';
import { badArgument, initialOutside, losesValue } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import { Driver } from './driver.ts';
import { currentModule } from './module.ts';
import { assert } from './property.ts';
import { type Operand, requireBit, requireHere, Signal, toInteger, toSignal } from './signal.ts';

/** How a register starts and when it changes. */
export interface RegisterOptions {
  /** The value at power-up and after a reset; without one, the value of the interval that is nearest to 0. */
  readonly initial?: number | bigint | undefined;
  /**
   * `true`: the reset of the domain sets the initial value. A signal: this bit does so. Without it nothing does,
   * which is right for data that a valid bit accompanies.
   */
  readonly reset?: boolean | Signal | undefined;
  /** The register keeps its value while this bit is 0. A reset works all the same. */
  readonly enable?: Signal | undefined;
}

/**
 * A register. Its interval is declared, because feedback cannot be inferred; the next value must provably fit.
 */
export class Register extends Signal {
  readonly initial: bigint;
  readonly reset: Signal | undefined;
  readonly enable: Signal | undefined;
  readonly domain: ClockDomain;
  /** The first stage of a synchroniser may take a value of another domain. */
  readonly isSynchroniser: boolean;
  readonly #next = new Driver();

  constructor(interval: Interval, options: RegisterOptions = {}, isSynchroniser = false) {
    super(interval, { kind: 'register' });
    const { context } = currentModule();
    this.domain = context.domain;
    this.initial = options.initial === undefined ? nearestToZero(interval) : toInteger(options.initial);
    if (!interval.contains(this.initial)) throw initialOutside(this, this.initial, interval);
    const { reset, enable } = options;
    this.reset = reset === true ? domainReset(context.domain) : reset === false ? undefined : reset;
    const combined = both(context.enable, enable);
    // An enable that is always 1 is none.
    this.enable = combined?.constant === 1n ? undefined : combined;
    this.isSynchroniser = isSynchroniser;
    for (const [control, use] of [
      [this.reset, 'reset'],
      [this.enable, 'enable'],
    ] as const) {
      if (control === undefined) continue;
      requireHere(control);
      requireBit(control, use);
    }
  }

  get nextValue(): Signal | undefined {
    return this.#next.value;
  }

  /**
   * What the register takes at the next edge, given once. The component is refused with TCT-1003 when the interval
   * does not fit, and with TCT-1004 for a second driver.
   */
  next(value: Operand): this {
    this.#next.give(this, value);
    return this;
  }
}

/** A register of the current clock domain that holds values of `interval`; give it its next value with `next`. */
export function register(interval: Interval, options?: RegisterOptions): Register {
  return new Register(interval, options);
}

/** The value that `value` had one edge ago: a register of the same interval. */
export function registered(value: Operand, options: RegisterOptions = {}): Signal {
  const signal = toSignal(value);
  // A constant needs no register, unless it starts as something else.
  if (signal.constant !== undefined && options.initial === undefined) return signal;
  const interval =
    options.initial === undefined
      ? signal.interval
      : signal.interval.hull(Interval.of(toInteger(options.initial)));
  return new Register(interval, options).next(signal);
}

/** The value that `value` had `cycles` (from 0) edges ago. */
export function delayed(value: Operand, cycles: number, options?: RegisterOptions): Signal {
  if (!Number.isInteger(cycles) || cycles < 0)
    throw badArgument(`a delay is a whole number of edges from 0, not ${cycles}`);
  let signal = toSignal(value);
  for (let i = 0; i < cycles; i++) signal = registered(signal, options);
  return signal;
}

/**
 * Brings one bit of another clock domain into the current one through `stages` registers (from 2). It arrives
 * after that many edges, and a pulse shorter than a period may be missed. The bit comes straight out of a register or
 * an input port (TCT-1030 otherwise), because logic has glitches that the other clock could catch.
 */
export function synchronise(value: Signal, stages = 2, options: Pick<RegisterOptions, 'reset'> = {}): Signal {
  requireBit(value, 'synchronise');
  if (!Number.isInteger(stages) || stages < 2)
    throw badArgument(`a synchroniser has 2 stages or more, not ${stages}`);
  const first = new Register(value.interval, options, true).next(value);
  return delayed(first, stages - 1, options);
}

/** What a running sum promises, and when it starts anew. */
export interface AccumulateOptions extends RegisterOptions {
  /** Where it is 1 the sum starts anew with the value of this cycle. */
  readonly restart: Signal;
  /** How many values are added at most from one restart to the next; or say with `within` what the sum can be. */
  readonly terms?: number | undefined;
  /** What the sum can be at most, where that is less than `terms` times the value's interval. */
  readonly within?: Interval | undefined;
}

/**
 * A running sum: restart ? x : sum + x. Its width follows from the promise (`terms` or `within`), which every
 * simulation checks at each edge that changes the sum.
 */
export function accumulate(
  x: Signal,
  { terms = 1, within, restart, ...options }: AccumulateOptions,
): Register {
  if (!Number.isInteger(terms) || terms < 1)
    throw badArgument(`a running sum adds a whole number of terms from 1, not ${terms}`);
  const promise = within ?? multiple(x.interval, BigInt(terms));
  if (!promise.covers(x.interval)) throw losesValue(x, 'the running sum', promise);
  const { signed, width } = promise.hull(Interval.of(0n));
  const format = signed ? int(width) : uint(width);
  const sum = register(format, options);
  const total = mux(restart, x, sum.add(x));
  const kept = total.atLeast(promise.min).and(total.atMost(promise.max));
  // A sum that is not taken may be anything.
  const taken = (sum.enable ?? toSignal(1)).and(sum.reset?.not() ?? 1);
  assert(taken.not().or(kept), `the running sum stays within ${promise}`, { subject: total });
  return sum.next(total.wrap(format));
}

/** The sums of 1 to `count` values. */
function multiple({ min, max }: Interval, count: bigint): Interval {
  return new Interval(min < 0n ? min * count : min, max > 0n ? max * count : max);
}

function domainReset(domain: ClockDomain): Signal {
  const module = currentModule();
  if (module.context.reset !== undefined) return module.context.reset;
  let reset = module.resets.get(domain.name);
  if (reset === undefined) {
    reset = new Signal(new Interval(0n, 1n), { kind: 'reset', domain: domain.name }, domain.resetPort);
    module.resets.set(domain.name, reset);
  }
  return reset;
}

function both(a: Signal | undefined, b: Signal | undefined): Signal | undefined {
  return a === undefined ? b : b === undefined ? a : a.and(b);
}

function nearestToZero({ min, max }: Interval): bigint {
  return min > 0n ? min : max < 0n ? max : 0n;
}
