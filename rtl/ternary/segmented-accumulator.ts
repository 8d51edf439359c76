import {
  addWithCarry,
  assert,
  concat,
  delayed,
  enabledBy,
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
import type {
  AccumulatorInputs,
  AccumulatorKind,
  AccumulatorOptions,
  AccumulatorTiming,
} from './accumulator.ts';
import { addendsOf, type Segments } from './addends.ts';
import { adderCells, longestChain, pieceCount, pieceOfBits } from './pieces.ts';
import type { RowPath } from './row-path.ts';

/*
 * An accumulator in logic cells, in segments of few bits, so that no carry chain is longer than
 * those of the tree. Segment s works one edge after segment s - 1, and its bits of the result are there one edge later:
 * nothing waits for the highest segment.
 *
 *     next   = first ? addend : addend + low     the addend with its sign, the segment without one
 *     low   := the low bits of next
 *     carry := all bits above: -1, 0 or 1        the addend of the segment above
 *
 * The two bits of the carry are the two ends of the chain itself, so they cost two cells; a carry bit on its own would
 * need another cell, and the sign of the addend a register to wait in. `first` waits in a register for each segment above
 * the lowest.
 *
 * Where the tree hands over its total in pieces (pieces.ts), segments are as large as these and take each one when it is
 * there.
 */

/** A chain of so many cells is never what sets the clock. */
const shortChain = 14;

/** Bits of the carry of a segment, with its sign. */
const carryBits = 2;

function timing(options: AccumulatorOptions): AccumulatorTiming {
  const { count, size } = segmentsOf(options);
  return {
    addend: options.initBits === 0 ? 0 : 1,
    init: pieceOfBits(options.initBits, count, size),
    first: 1,
    result: pieceOfBits(options.within.width, count, size).map(segment => segment + 2),
  };
}

/** The inverter of `valid`, which is the reset of what a beat adds. */
const inverterCells = 1;

/** Logic cells of an accumulator with the adder of its initial value, without the register of the total. */
function cells(options: AccumulatorOptions): number {
  const { within, sumBits, initBits, cut } = options;
  const { count, size, takesPieces = false } = segmentsOf(options);
  const last = count - 1;
  // Between two segments: the register of `first`, and two bits of carry or one that goes out and comes in; and where the
  // total comes in pieces, the register of what makes them 0.
  const sum = within.width + (takesPieces ? 4 : 3) * last;
  if (initBits === 0) return sum + inverterCells;
  if (takesPieces) {
    const bits = Math.max(sumBits, initBits + 1);
    return sum + adderCells({ a: sumBits, b: initBits, sum: bits, inverts: false }, cut) + inverterCells;
  }
  const adder =
    last === 0 ? Math.max(sumBits, initBits) : last * (size + 2) + Math.max(2, initBits - last * size);
  return sum + adder + 1 + inverterCells;
}

/** Its kinds of paths: of each segment, and of the adder of the initial value. */
function paths(options: AccumulatorOptions): readonly RowPath[] {
  const { count, size } = segmentsOf(options);
  const { within, sumBits, initBits, cut } = options;
  if (cut !== undefined && count > 1)
    return [{ from: 'register', luts: 0, chain: longestChain(within.width, cut) }];
  const highest = within.width - (count - 1) * size;
  const paths: RowPath[] = [{ from: 'register', luts: 0, chain: highest + (count === 1 ? 0 : 1) }];
  // The carry of a segment is the upper end of its chain, or comes out there.
  if (count > 1) paths.push({ from: 'register', luts: 0, chain: size + (initBits > 0 ? 1 : carryBits) });
  if (initBits > 0) {
    const low = count === 1 ? Math.max(sumBits, initBits) + 1 : size + carryBits;
    paths.push({ from: 'input', luts: 0, chain: low });
  }
  return paths;
}

/** One chain takes the whole total, segments take its pieces. */
function takesPieces(options: AccumulatorOptions): boolean {
  return options.cut === undefined || options.accumulator !== 'chain';
}

/** The running sum; its bits are of different times, those of `timing`. */
function build(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  return enabledBy(inputs.enable, () => inSegments(inputs, options));
}

function inSegments(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  const { within } = options;
  const { count, size } = segmentsOf(options);
  const addends = addendsOf(inputs, segmentsOf(options));
  const segments: Signal[] = [];
  let carry: Signal | undefined;
  for (let s = 0; s < count - 1; s++) {
    const restart = delayed(inputs.first, s);
    const segment = register(uint(size));
    const { next, added } = nextOf(segment, addends[s], carry, restart);
    segment.next(next.wrap(uint(size)));
    // Where the segment above has an addend too, it looks at no carry when it starts anew.
    carry = registered((addends[s + 1] === undefined ? next : added).shiftRight(size));
    named({ [`segment_${s}`]: segment, [`carry_${s}`]: carry });
    segments.push(segment);
  }
  const low = size * (count - 1);
  const highest = register(int(within.width - low));
  const { next } = nextOf(highest, addends[count - 1], carry, delayed(inputs.first, count - 1));
  const kept = next.atLeast(within.min >> BigInt(low)).and(next.atMost(within.max >> BigInt(low)));
  // A sum that is not taken may be anything.
  const taken = highest.enable ?? toSignal(1);
  assert(taken.not().or(kept), `the running sum stays within ${within}`, { subject: next });
  highest.next(next.wrap(highest.interval));
  if (segments.length === 0) return highest;
  named({ [`segment_${count - 1}`]: highest });
  return concat(...segments, highest).wrap(int(within.width));
}

/** (restart ? 0 : segment) + addend + carry, and the same without a restart. One of addend and carry may be missing. */
function nextOf(
  segment: Register,
  addend: Signal | undefined,
  carry: Signal | undefined,
  restart: Signal,
): { readonly next: Signal; readonly added: Signal } {
  const only = addend ?? carry!;
  const added =
    addend === undefined || carry === undefined ? segment.add(only) : addWithCarry(segment, addend, carry);
  return { next: mux(restart, only, added), added };
}

/**
 * One segment where a single chain is asked for. Else as few segments as have no chain that is longer than `shortChain` or
 * than the tree's, whose last adder has `sumBits`. The chain of a segment is longer than itself by the carry, but for the
 * highest one.
 */
function segmentsOf({ within, sumBits, accumulator, cut }: AccumulatorOptions): Segments {
  if (accumulator === 'chain') return { count: 1, size: within.width };
  if (cut !== undefined) return { count: pieceCount(within.width, cut), size: cut, takesPieces: true };
  const chain = Math.max(shortChain, sumBits + 1);
  const count = 1 + Math.max(0, Math.ceil((within.width - chain) / (chain - carryBits)));
  const balanced = Math.min(chain - carryBits, Math.ceil(within.width / count));
  return { count, size: Math.max(sumBits - 1, balanced) };
}

/** An accumulator in logic cells. */
export const segmentedAccumulator: AccumulatorKind = { takesPieces, timing, cells, paths, build };
