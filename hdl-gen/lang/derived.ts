import { Interval, int } from '../../ir/index.ts';
import { badArgument } from './diagnostics.ts';
import { apply, type Operand, requireBit, type Signal, toSignal } from './signal.ts';

/** `condition ? whenTrue : whenFalse`. */
export function mux(condition: Signal, whenTrue: Operand, whenFalse: Operand): Signal {
  requireBit(condition, 'mux');
  return apply('mux', [condition, whenTrue, whenFalse], undefined);
}

/**
 * `choices[index]`, as a tree of multiplexers. There is a choice for every value of the index; an index that can
 * be larger is refused.
 */
export function choose(index: Signal, choices: readonly Operand[]): Signal {
  const first = choices[0];
  if (first === undefined) throw badArgument("'choose' needs one choice or more");
  if (index.interval.signed || index.interval.max >= BigInt(choices.length)) {
    throw badArgument(
      `'choose' has ${choices.length} choices, but its index ${index.describe()} holds ${index.interval}`,
    );
  }
  let level = choices.map(toSignal);
  for (let i = 0; level.length > 1; i++) {
    const select = i < index.width ? index.bit(i) : toSignal(0);
    level = pairs(level).map(([low, high]) => (high === undefined ? low : mux(select, high, low)));
  }
  return level[0]!;
}

/** The parts side by side as an unsigned number, the first part in the lowest bits. */
export function concat(...lowFirst: Signal[]): Signal {
  return lowFirst.length === 1
    ? apply('slice', lowFirst as [Signal], { low: 0, width: lowFirst[0]!.width })
    : apply('concat', lowFirst, { widths: lowFirst.map(part => part.width) });
}

/** The exact sum of all terms (0 for none), as a balanced tree of adders. The sum of bits counts the ones. */
export function sum(terms: readonly Operand[]): Signal {
  return reduce(terms, 0, (a, b) => a.add(b));
}

/**
 * a + b + carry, where the carry is a bit: one chain, into which the carry comes as the sum of two equal bits. Three
 * operands in a row would be two chains.
 */
export function addWithCarry(a: Signal, b: Signal, carry: Signal): Signal {
  requireBit(carry, 'addWithCarry');
  const above = (value: Signal): Signal => {
    const joined = concat(carry, value);
    return value.interval.signed ? joined.wrap(int(value.width + 1)) : joined;
  };
  const sum = above(a).add(above(b)).shiftRight(1);
  // The bits alone do not tell the intervals of the operands.
  const exact = new Interval(
    a.interval.min + b.interval.min + carry.interval.min,
    a.interval.max + b.interval.max + carry.interval.max,
  );
  return exact.covers(sum.interval) ? sum : apply('assume', [sum], { to: exact });
}

/** 1 where at least one bit is 1. */
export function any(bits: readonly Signal[]): Signal {
  for (const bit of bits) requireBit(bit, 'any');
  return reduce(bits, 0, (a, b) => a.or(b));
}

/** 1 where every bit is 1. */
export function all(bits: readonly Signal[]): Signal {
  for (const bit of bits) requireBit(bit, 'all');
  return reduce(bits, 1, (a, b) => a.and(b));
}

/** Neighbours in pairs; the last one alone where the number is odd. */
export function pairs<T>(items: readonly T[]): [T, T | undefined][] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, i) => [items[2 * i]!, items[2 * i + 1]]);
}

function reduce(terms: readonly Operand[], empty: number, join: (a: Signal, b: Signal) => Signal): Signal {
  let level = terms.map(toSignal);
  while (level.length > 1) level = pairs(level).map(([a, b]) => (b === undefined ? a : join(a, b)));
  return level[0] ?? toSignal(empty);
}
