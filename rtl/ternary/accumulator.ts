import {
  accumulate,
  assert,
  concat,
  delayed,
  type Interval,
  int,
  mux,
  named,
  register,
  registered,
  type Signal,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';

/*
 * The end of a row: y := (first ? 0 : y) + init + total, in segments of few bits, so that no carry chain is longer than
 * those of the tree. Segment s works one edge after segment s - 1: the carry between them waits in a register, as
 * do the bits of the total; the bits of the initial value simply come later. So a chain goes through a segment in one
 * cycle, and the low segments of the result wait for the highest one.
 */

/** How an accumulator is made. */
export interface AccumulatorOptions {
  /** What the sum can be. */
  readonly within: Interval;
  /** Bits of the total of one beat. */
  readonly sumBits: number;
  /** Bits of the initial value; 0: none. */
  readonly initBits: number;
  /** The most bits of a segment. */
  readonly segmentBits: number;
}

/** When an accumulator takes what, in edges after `valid`. */
export interface AccumulatorTiming {
  /** Edges from the total's register to `valid`: 1 where there is an initial value, whose adder stands between. */
  readonly addend: number;
  readonly init: readonly number[];
  readonly result: number;
}

export function accumulatorTiming(options: AccumulatorOptions): AccumulatorTiming {
  const { count, size } = segmentsOf(options);
  return {
    addend: options.initBits === 0 ? 0 : 1,
    init: Array.from({ length: options.initBits }, (_, bit) => Math.min(count - 1, Math.floor(bit / size))),
    result: count + 1,
  };
}

/** Logic cells of an accumulator with the adder of its initial value. */
export function accumulatorCells(options: AccumulatorOptions): number {
  const { within, sumBits, initBits } = options;
  const { count, size } = segmentsOf(options);
  const adder = initBits === 0 ? 0 : Math.max(sumBits, initBits) + 1;
  const segments = count - 1;
  // Between two segments: the carry out and in, of each adder, and the registers of what waits.
  const carries = segments * (initBits === 0 ? 3 : 6);
  const waiting = segments === 0 ? 0 : Math.max(0, sumBits - size) + (segments * (segments + 1) * size) / 2;
  return adder + within.width + carries + waiting;
}

/** What an accumulator takes; `total` comes without a register. */
export interface AccumulatorInputs {
  readonly total: Signal;
  readonly init: Signal;
  readonly valid: Signal;
  readonly first: Signal;
}

/** The running sum. */
export function accumulated(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  const { total, init, valid, first } = inputs;
  const { within } = options;
  if (segmentsOf(options).count > 1) return inSegments(inputs, options);
  // A beat that does not count is cleared by the flip-flop's own reset, at no cost.
  const sum = init.constant === undefined ? named({ sum: registered(total) }).sum.add(init) : total;
  const { addend } = named({ addend: registered(mux(valid, sum, 0)) });
  return accumulate(addend, { restart: first, within });
}

interface Segments {
  readonly count: number;
  /** Bits of each but the highest one. */
  readonly size: number;
}

function segmentsOf({ within, segmentBits }: AccumulatorOptions): Segments {
  const count = Math.ceil(within.width / segmentBits);
  return { count, size: Math.ceil(within.width / count) };
}

function inSegments(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  const segments = segmentsOf(options);
  const { within } = options;
  const last = segments.count - 1;
  const addends = addendSegments(inputs, segments);
  let carry: Signal | undefined;
  const sums = addends.map((addend, s) => {
    const width = s < last ? segments.size : within.width - last * segments.size;
    const sum = register(s < last ? uint(width) : int(width));
    const restart = delayed(inputs.first, s);
    if (s < last) {
      const next = chained(sum, addend, carry);
      sum.next(mux(restart, addend, next.sum));
      // Where the next segment starts anew it does not look at this carry.
      carry = registered(next.carry);
      named({ [`carry_${s}`]: carry });
    } else {
      const next = mux(restart, addend, topped(sum, addend, carry!));
      const low = BigInt(last * segments.size);
      const kept = next.atLeast(within.min >> low).and(next.atMost(within.max >> low));
      const taken = sum.enable ?? toSignal(1);
      assert(taken.not().or(kept), `the running sum stays within ${within}`, { subject: next });
      sum.next(next.wrap(int(width)));
    }
    return delayed(sum, last - s);
  });
  return concat(...sums).wrap(int(within.width));
}

/** What each segment adds: the total and the initial value, or 0 where the beat does not count. */
function addendSegments({ total, init, valid }: AccumulatorInputs, segments: Segments): Signal[] {
  const hasInit = init.constant === undefined;
  const { sum } = named({ sum: registered(hasInit ? total : mux(valid, total, 0)) });
  const parts = Array.from({ length: segments.count }, (_, s) => delayed(segment(sum, s, segments), s));
  if (!hasInit) return parts;
  let carry: Signal | undefined;
  return parts.map((part, s) => {
    const own = initSegment(init, s, segments);
    const counts = delayed(valid, s);
    // All registers of a chain are cleared together: its cells share a tile, and a tile has one reset.
    const cleared = (value: Signal) => registered(mux(counts, value, 0));
    if (s === segments.count - 1)
      return named({ [`addend_${s}`]: cleared(topped(part, own, carry!)) })[`addend_${s}`]!;
    const next = chained(part, own, carry);
    carry = cleared(next.carry);
    const addend = cleared(next.sum);
    named({ [`addend_${s}`]: addend, [`addend_carry_${s}`]: carry });
    return addend;
  });
}

/** Bits of one segment: unsigned, but for the highest one, which has the sign. */
function segment(signal: Signal, s: number, { count, size }: Segments): Signal {
  const low = s * size;
  if (s === count - 1) return signal.shiftRight(low);
  return signal.wrap(uint(low + size)).slice(low, size);
}

/** The same of the initial value: its bits come in time by themselves, but its sign has to wait for the segments above. */
function initSegment(init: Signal, s: number, segments: Segments): Signal {
  const own = Math.min(segments.count - 1, Math.floor((init.width - 1) / segments.size));
  if (s <= own) return segment(init, s, segments);
  return segment(delayed(init.shiftRight(init.width - 1), s - own), 0, {
    count: segments.count - s,
    size: segments.size,
  });
}

/**
 * The sum of two unsigned values of the same width and a carry, and the carry out. The carry comes in as the sum of two
 * equal bits below, and goes out as the sum of two equal bits above: so it stays within the chain, where a carry on its
 * own would take another cell and a way through the fabric.
 */
function chained(a: Signal, b: Signal, carry: Signal | undefined): { sum: Signal; carry: Signal } {
  const below = carry === undefined ? [] : [carry];
  const above = b.bit(b.width - 1);
  const total = concat(...below, a, above).add(concat(...below, b, above));
  return {
    sum: total.slice(below.length, a.width),
    carry: total.bit(below.length + a.width),
  };
}

/** The sum of two signed values and a carry. */
function topped(a: Signal, b: Signal, carry: Signal): Signal {
  const over = (value: Signal) => concat(carry, value).wrap(int(value.width + 1));
  return over(a).add(over(b)).shiftRight(1);
}
