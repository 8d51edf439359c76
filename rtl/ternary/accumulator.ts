import {
  assert,
  concat,
  delayed,
  type Interval,
  int,
  mux,
  named,
  type Register,
  register,
  registered,
  type Signal,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';

import type { RowPath } from './row-path.ts';

/*
 * The end of a row: y := (first ? 0 : y) + init + total, in segments of few bits, so that no carry chain is longer than
 * those of the tree. Segment s works one edge after segment s - 1, and its bits of the result are there one edge later:
 * nothing waits for the highest segment.
 *
 *     next   = first ? addend : addend + low     the addend with its sign, the segment without one
 *     low   := the low bits of next
 *     carry := all bits above: -1, 0 or 1        the addend of the segment above
 *
 * The two bits of the carry are the two ends of the chain itself, so they cost two cells; a carry bit on its own would
 * need another cell and a way through the fabric, and the sign of the addend a register to wait in. `first` waits in a
 * register for each segment above the lowest.
 */

/** How an accumulator is made. */
export interface AccumulatorOptions {
  /** What the sum can be. */
  readonly within: Interval;
  /** Bits of the total of one beat. */
  readonly sumBits: number;
  /** Bits of the initial value; 0: none. */
  readonly initBits: number;
  /** `beat`: there is no running sum, only the total of each beat in a register. */
  readonly sums: 'beat' | undefined;
}

/** When an accumulator takes what and when its bits are there, in edges after `valid`. */
export interface AccumulatorTiming {
  /** Edges from the total, which has no register yet, to `valid`: 1 where there is an initial value. */
  readonly addend: number;
  readonly init: readonly number[];
  readonly first: number;
  readonly result: readonly number[];
}

/** A chain of so many cells is never what sets the clock. */
const shortChain = 14;

/** Bits of the carry of a segment, with its sign. */
const carryBits = 2;

export function accumulatorTiming(options: AccumulatorOptions): AccumulatorTiming {
  if (options.sums === 'beat')
    return { addend: 0, init: [], first: 1, result: Array<number>(options.within.width).fill(1) };
  const { count, size } = segmentsOf(options);
  const segmentsOfBits = (bits: number) =>
    Array.from({ length: bits }, (_, bit) => Math.min(count - 1, Math.floor(bit / size)));
  return {
    addend: options.initBits === 0 ? 0 : 1,
    init: segmentsOfBits(options.initBits),
    first: 1,
    result: segmentsOfBits(options.within.width).map(segment => segment + 2),
  };
}

/** The inverter of `valid`, which is the reset of what a beat adds. */
const inverterCells = 1;

/** Logic cells of an accumulator with the adder of its initial value, without the register of the total. */
export function accumulatorCells(options: AccumulatorOptions): number {
  const { within, sumBits, initBits } = options;
  if (options.sums === 'beat') return 0;
  const { count, size } = segmentsOf(options);
  const last = count - 1;
  // Between two segments: the register of `first`, and two bits of carry or one that goes out and comes in.
  const sum = within.width + 3 * last;
  if (initBits === 0) return sum + inverterCells;
  const adder =
    last === 0 ? Math.max(sumBits, initBits) : last * (size + 2) + Math.max(2, initBits - last * size);
  return sum + adder + 1 + inverterCells;
}

/** Its kinds of paths: of each segment, and of the adder of the initial value. */
export function accumulatorPaths(options: AccumulatorOptions): readonly RowPath[] {
  const { count, size } = segmentsOf(options);
  const { within, sumBits, initBits } = options;
  const highest = within.width - (count - 1) * size;
  const paths: RowPath[] = [{ from: 'register', luts: 0, chain: highest + (count === 1 ? 0 : 1) }];
  // The carry of a segment goes through one more LUT, which leaves it away where a sum begins.
  if (count > 1) paths.push({ from: 'register', luts: 1, chain: size + 1 });
  if (initBits > 0) {
    const low = count === 1 ? Math.max(sumBits, initBits) + 1 : size + carryBits;
    paths.push({ from: 'input', luts: 0, chain: low });
  }
  return paths;
}

/** What an accumulator takes; `total` comes without a register. */
export interface AccumulatorInputs {
  readonly total: Signal;
  readonly init: Signal;
  readonly valid: Signal;
  readonly first: Signal;
}

/** The running sum; its bits are of different times, those of `accumulatorTiming`. */
export function accumulated(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  const { within } = options;
  if (options.sums === 'beat') return registered(mux(inputs.valid, inputs.total, 0));
  const { count, size } = segmentsOf(options);
  const addends = addendsOf(inputs, { count, size });
  const segments: Signal[] = [];
  let carry: Signal | undefined;
  for (let s = 0; s < count - 1; s++) {
    const restart = delayed(inputs.first, s);
    const segment = register(uint(size));
    const next = nextOf(segment, addends[s], carry, restart);
    segment.next(next.wrap(uint(size)));
    carry = registered(next.shiftRight(size));
    named({ [`segment_${s}`]: segment, [`carry_${s}`]: carry });
    segments.push(segment);
  }
  const low = size * (count - 1);
  const highest = register(int(within.width - low));
  const next = nextOf(highest, addends[count - 1], carry, delayed(inputs.first, count - 1));
  const kept = next.atLeast(within.min >> BigInt(low)).and(next.atMost(within.max >> BigInt(low)));
  // A sum that is not taken may be anything.
  const taken = highest.enable ?? toSignal(1);
  assert(taken.not().or(kept), `the running sum stays within ${within}`, { subject: next });
  highest.next(next.wrap(highest.interval));
  if (segments.length === 0) return highest;
  named({ [`segment_${count - 1}`]: highest });
  return concat(...segments, highest).wrap(int(within.width));
}

/** (restart ? 0 : segment) + addend + carry. One of addend and carry may be missing. */
function nextOf(
  segment: Register,
  addend: Signal | undefined,
  carry: Signal | undefined,
  restart: Signal,
): Signal {
  if (addend === undefined) return mux(restart, carry!, segment.add(carry!));
  if (carry === undefined) return mux(restart, addend, segment.add(addend));
  // A segment that starts anew starts together with those below it, which give no carry then. It comes into the chain
  // as the sum of two equal bits.
  const sum = above(carry, segment).add(above(carry, addend)).shiftRight(1);
  return mux(restart, addend, sum);
}

/** A value moved up by one bit, with another bit below. */
function above(bit: Signal, value: Signal): Signal {
  const joined = concat(bit, value);
  return value.interval.signed ? joined.wrap(int(value.width + 1)) : joined;
}

/**
 * What each segment adds: the total alone to the lowest one, which hands on what is above it; or the segments of the
 * total and the initial value. A beat that does not count adds 0: the flip-flop's own reset makes it, at no cost.
 */
function addendsOf(
  { total, init, valid }: AccumulatorInputs,
  { count, size }: Segments,
): readonly (Signal | undefined)[] {
  const cleared = (value: Signal) => registered(mux(valid, value, 0));
  if (init.constant !== undefined) return [named({ addend: cleared(total) }).addend];
  let { sum } = named({ sum: registered(total) });
  return Array.from({ length: count }, (_, s) => {
    const value = sum.add(initSegment(init, s, { count, size }));
    // The initial value of a beat that does not count is 0, so what is cleared once stays so.
    const kept = s === 0 ? cleared : registered;
    if (s === count - 1) {
      const name = count === 1 ? 'addend' : `addend_${s}`;
      return named({ [name]: kept(value) })[name];
    }
    const addend = kept(value.wrap(uint(size)));
    sum = kept(value.shiftRight(size));
    named({ [`addend_${s}`]: addend, [`addend_carry_${s}`]: sum });
    return addend;
  });
}

/** The bits of the initial value in a segment: unsigned, but for the highest of its own, which has the sign. */
function initSegment(init: Signal, s: number, { count, size }: Segments): Signal {
  const low = s * size;
  if (low >= init.width) return toSignal(0);
  if (s === count - 1 || low + size >= init.width) return init.shiftRight(low);
  return init.slice(low, size);
}

interface Segments {
  readonly count: number;
  /** Bits of each but the highest one. */
  readonly size: number;
}

/**
 * As few segments as have no chain that is longer than `shortChain` or than the tree's, whose last adder has `sumBits`. The
 * chain of a segment is longer than itself by the carry, but for the highest one.
 */
function segmentsOf({ within, sumBits }: AccumulatorOptions): Segments {
  const chain = Math.max(shortChain, sumBits + 1);
  const count = 1 + Math.max(0, Math.ceil((within.width - chain) / (chain - carryBits)));
  const balanced = Math.min(chain - carryBits, Math.ceil(within.width / count));
  return { count, size: Math.max(sumBits - 1, balanced) };
}
