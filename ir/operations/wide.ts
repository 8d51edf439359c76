import { bitLength, Interval, least, uint } from '../interval.ts';
import type { WidthParameters } from './bitwise.ts';
import type { Operation } from './operation.ts';

/*
 * Arithmetic of foreign Verilog and netlists. The language does not have it: what Tercet makes is free of
 * multipliers by construction.
 */

export const multiply: Operation<WidthParameters> = {
  summary: 'the low `width` bits of a * b, as an unsigned number',
  interval: ([a, b], { width }) => {
    if (a!.signed || b!.signed || bitLength(a!.max * b!.max) > width) return uint(width);
    return new Interval(a!.min * b!.min, a!.max * b!.max);
  },
  evaluate: ([a, b], { width }) => BigInt.asUintN(width, a! * b!),
  compile: (m, [a, b], { width }) => m.multiply(a!, b!, width),
};

export const divide: Operation<undefined> = {
  summary: 'floor(a / b) for a and b from 0 to 2^64 - 1; 0 where b is 0',
  interval: ([a, b]) =>
    b!.min === 0n ? new Interval(0n, a!.max) : new Interval(a!.min / b!.max, a!.max / b!.min),
  evaluate: ([a, b]) => (b === 0n ? 0n : a! / b!),
  compile: (m, [a, b]) => {
    const isZero = m.equal(b!, m.constant(0n));
    return m.select(isZero, m.constant(0n), m.divide(a!, m.or(b!, isZero)));
  },
};

export const remainder: Operation<undefined> = {
  summary: 'a - b * floor(a / b) for a and b from 0 to 2^64 - 1; 0 where b is 0',
  interval: ([a, b]) => new Interval(0n, b!.max === 0n ? 0n : least(a!.max, b!.max - 1n)),
  evaluate: ([a, b]) => (b === 0n ? 0n : a! % b!),
  // Where b is 0 it is divided by 1: nothing remains.
  compile: (m, [a, b]) => m.remainder(a!, m.or(b!, m.equal(b!, m.constant(0n)))),
};

export const shiftLeftWithin: Operation<WidthParameters> = {
  summary: 'the low `width` bits of a * 2^b, as an unsigned number, for any variable b from 0',
  interval: (_, { width }) => uint(width),
  evaluate: ([a, b], { width }) => (b! >= BigInt(width) ? 0n : BigInt.asUintN(width, a! << b!)),
  compile: (m, [a, b], { width }) =>
    m.select(
      m.less(b!, m.constant(BigInt(width))),
      m.zeroExtend(m.shiftLeftBy(a!, b!), width),
      m.constant(0n),
    ),
};
