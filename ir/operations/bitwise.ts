import { bitLength, Interval, int, most, uint } from '../interval.ts';
import { always, never, type Primitive } from './operation.ts';

/*
 * Bit operations on integers in two's complement with endless sign bits, as for BigInt: -1 is all ones.
 */

/** The smallest format of the language (uint or int of some width) that covers all operands. */
function formatOf(operands: readonly Interval[]): Interval {
  const min = operands.reduce((low, { min }) => (min < low ? min : low), 0n);
  const max = operands.reduce((high, { max }) => (max > high ? max : high), 0n);
  const hull = new Interval(min, max);
  return hull.signed ? int(hull.width) : uint(hull.width);
}

export const and: Primitive<undefined> = {
  summary: 'a & b: each bit is 1 where both are 1',
  interval: ([a, b]) => {
    if (a!.signed && b!.signed) return new Interval(formatOf([a!, b!]).min, most(a!.max, b!.max, 0n));
    // A non-negative operand bounds the result: its zero bits stay zero.
    if (a!.signed) return new Interval(0n, b!.max);
    if (b!.signed) return new Interval(0n, a!.max);
    return new Interval(0n, a!.max < b!.max ? a!.max : b!.max);
  },
  evaluate: ([a, b]) => a! & b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('&', a!.at(width), b!.at(width)),
  compile: (m, [a, b]) => m.and(a!, b!),
};

export const or: Primitive<undefined> = {
  summary: 'a | b: each bit is 1 where either is 1',
  interval: ([a, b]) => {
    const format = formatOf([a!, b!]);
    // Without a sign, more ones only make a number larger.
    return format.signed ? format : new Interval(most(a!.min, b!.min), format.max);
  },
  evaluate: ([a, b]) => a! | b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('|', a!.at(width), b!.at(width)),
  compile: (m, [a, b]) => m.or(a!, b!),
};

export const xor: Primitive<undefined> = {
  summary: 'a ^ b: each bit is 1 where they differ',
  interval: ([a, b]) => formatOf([a!, b!]),
  evaluate: ([a, b]) => a! ^ b!,
  modularUpTo: always,
  verilog: (v, [a, b], _, width) => v.binary('^', a!.at(width), b!.at(width)),
  compile: (m, [a, b]) => m.xor(a!, b!),
};

/** A bit operation that depends on how many bits its operand has. */
export interface WidthParameters {
  readonly width: number;
}

export const complement: Primitive<undefined> = {
  summary: '-1 - a: every bit of a two’s complement number inverted',
  interval: ([a]) => new Interval(-1n - a!.max, -1n - a!.min),
  evaluate: ([a]) => -1n - a!,
  modularUpTo: always,
  verilog: (v, [a], _, width) => v.unary('~', a!.at(width)),
  compile: (m, [a]) => m.xor(a!, m.constant(-1n)),
};

export const invert: Primitive<WidthParameters> = {
  summary: '2^width - 1 - a: every bit of an unsigned number of `width` bits inverted',
  interval: ([a], { width }) => {
    const ones = (1n << BigInt(width)) - 1n;
    return new Interval(ones - a!.max, ones - a!.min);
  },
  evaluate: ([a], { width }) => (1n << BigInt(width)) - 1n - a!,
  modularUpTo: ({ width }) => width,
  verilog: (v, [a], parameters, width) => {
    const inverted = v.unary('~', a!.at(Math.min(parameters.width, width)));
    return width <= parameters.width
      ? inverted
      : v.concat([inverted, v.constant(0n, width - parameters.width)]);
  },
  compile: (m, [a], { width }) => m.xor(a!, m.constant((1n << BigInt(width)) - 1n)),
};

export const mask: Primitive<undefined> = {
  summary: '-a for one bit a: all ones where the bit is 1',
  interval: ([a]) => new Interval(-a!.max, -a!.min),
  evaluate: ([a]) => -a!,
  modularUpTo: always,
  verilog: (v, [a], _, width) => v.repeat(a!.at(1), width),
  compile: (m, [a]) => m.sub(m.constant(0n), a!),
};

export const parity: Primitive<WidthParameters> = {
  summary: '1 where the number of ones in the low `width` bits is odd, else 0',
  interval: () => uint(1),
  evaluate: ([a], { width }) => {
    const ones = BigInt.asUintN(width, a!).toString(2).replaceAll('0', '').length;
    return BigInt(ones % 2);
  },
  modularUpTo: never,
  verilog: (v, [a], { width }) => v.unary('^', a!.bits(0, width)),
  compile: (m, [a], { width }) => m.parity(m.and(a!, m.constant((1n << BigInt(width)) - 1n))),
};

/** Where a field of bits begins and how many it has. */
export interface SliceParameters {
  readonly low: number;
  readonly width: number;
}

export const slice: Primitive<SliceParameters> = {
  summary: 'bits low .. low + width - 1 of two’s complement, as an unsigned number',
  interval: ([a], { low, width }) => {
    const top = a!.max >> BigInt(low);
    return a!.signed || bitLength(top) > width ? uint(width) : new Interval(a!.min >> BigInt(low), top);
  },
  evaluate: ([a], { low, width }) => BigInt.asUintN(width, a! >> BigInt(low)),
  modularUpTo: never,
  verilog: (_, [a], { low }, width) => a!.bits(low, width),
  compile: (m, [a], { low, width }) => m.zeroExtend(low === 0 ? a! : m.shiftRight(a!, low), width),
};

/** The widths of the parts of a concatenation, lowest part first. */
export interface ConcatParameters {
  readonly widths: readonly number[];
}

export const concat: Primitive<ConcatParameters> = {
  summary: 'the low bits of each part side by side, the first part lowest, as an unsigned number',
  interval: (_, { widths }) => uint(widths.reduce((sum, width) => sum + width, 0)),
  evaluate: (parts, { widths }) => {
    let result = 0n;
    let low = 0n;
    parts.forEach((part, i) => {
      result |= BigInt.asUintN(widths[i]!, part) << low;
      low += BigInt(widths[i]!);
    });
    return result;
  },
  modularUpTo: never,
  verilog: (v, parts, { widths }) => v.concat(parts.map((part, i) => part.at(widths[i]!))),
  compile: (m, parts, { widths }) => {
    let result = m.zeroExtend(parts[0]!, widths[0]!);
    let low = widths[0]!;
    for (let i = 1; i < parts.length; i++) {
      result = m.or(result, m.shiftLeft(m.zeroExtend(parts[i]!, widths[i]!), low));
      low += widths[i]!;
    }
    return result;
  },
};
