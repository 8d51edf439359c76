import { Interval, least, most } from '../interval.ts';
import { always, never, type Primitive } from './operation.ts';

/*
 * Exact integer arithmetic. There is no product of two signals here on purpose: what Tercet makes is free of
 * multipliers by construction. A product by a constant is shifts and adds (`times` in the language).
 */

export const add: Primitive<undefined> = {
  summary: 'a + b, exact',
  interval: ([a, b]) => new Interval(a!.min + b!.min, a!.max + b!.max),
  evaluate: ([a, b]) => a! + b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('+', a!.at(width), b!.at(width)),
  compile: (m, [a, b]) => m.add(a!, b!),
};

export const sub: Primitive<undefined> = {
  summary: 'a - b, exact',
  interval: ([a, b]) => new Interval(a!.min - b!.max, a!.max - b!.min),
  evaluate: ([a, b]) => a! - b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('-', a!.at(width), b!.at(width)),
  compile: (m, [a, b]) => m.sub(a!, b!),
};

export const negate: Primitive<undefined> = {
  summary: '-a, exact: the negation of [-128, 127] is [-127, 128]',
  interval: ([a]) => new Interval(-a!.max, -a!.min),
  evaluate: ([a]) => -a!,
  modularUpTo: always,
  verilog: (v, [a], _, width) => v.unary('-', a!.at(width)),
  compile: (m, [a]) => m.sub(m.constant(0n), a!),
};

/** A shift by a number that is known when the circuit is built. */
export interface ShiftParameters {
  readonly count: number;
}

export const shiftLeft: Primitive<ShiftParameters> = {
  summary: 'a * 2^count, exact',
  interval: ([a], { count }) => new Interval(a!.min << BigInt(count), a!.max << BigInt(count)),
  evaluate: ([a], { count }) => a! << BigInt(count),
  modularUpTo: always,
  verilog: (v, [a], { count }, width) =>
    width <= count ? v.constant(0n, width) : v.concat([v.constant(0n, count), a!.at(width - count)]),
  compile: (m, [a], { count }) => m.shiftLeft(a!, count),
};

export const shiftRight: Primitive<ShiftParameters> = {
  summary: 'floor(a / 2^count)',
  interval: ([a], { count }) => new Interval(a!.min >> BigInt(count), a!.max >> BigInt(count)),
  evaluate: ([a], { count }) => a! >> BigInt(count),
  modularUpTo: never,
  verilog: (_, [a], { count }, width) => a!.bits(count, width),
  compile: (m, [a], { count }) => m.shiftRight(a!, count),
};

export const shiftLeftBy: Primitive<undefined> = {
  summary: 'a * 2^b for a variable b from 0, exact',
  interval: ([a, b]) =>
    new Interval(least(a!.min << b!.min, a!.min << b!.max), most(a!.max << b!.min, a!.max << b!.max)),
  evaluate: ([a, b]) => a! << b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('<<', a!.at(width), b!.at(b!.width)),
  compile: (m, [a, b]) => m.shiftLeftBy(a!, b!),
};

export const shiftRightBy: Primitive<undefined> = {
  summary: 'floor(a / 2^b) for a variable b from 0',
  // As if the shift by 0 were possible, so that the result has all bits of what is shifted in the Verilog.
  interval: ([a, b]) => new Interval(least(a!.min, a!.min >> b!.max), most(a!.max, a!.max >> b!.max)),
  evaluate: ([a, b]) => a! >> b!,
  modularUpTo: never,
  // A logical shift of ~a, complemented again, fills with the sign: the form works for either sign without `>>>`,
  // whose meaning in Verilog depends on the signs of its surroundings.
  verilog: (v, [a, b], _, width) => {
    const amount = b!.at(b!.width);
    if (!a!.signed) return v.binary('>>', a!.at(width), amount);
    const sign = v.repeat(a!.bits(a!.width - 1, 1), width);
    return v.binary('^', v.binary('>>', v.binary('^', a!.at(width), sign), amount), sign);
  },
  compile: (m, [a, b]) => m.shiftRightBy(a!, b!),
};
