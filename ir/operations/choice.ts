import { Interval, uint } from '../interval.ts';
import { always, never, type Primitive } from './operation.ts';
import type { Operand, VerilogForms } from './verilog-forms.ts';

/** A width at which both operands keep their values in one common format. */
function commonWidth<E>(a: Operand<E>, b: Operand<E>): number {
  const signed = a.signed || b.signed;
  return Math.max(...[a, b].map(side => side.width + (signed && !side.signed ? 1 : 0)));
}

function lessThan<E>(v: VerilogForms<E>, a: Operand<E>, b: Operand<E>): E {
  const width = commonWidth(a, b);
  return a.signed || b.signed
    ? v.signedLess(a.at(width), b.at(width))
    : v.binary('<', a.at(width), b.at(width));
}

export const equal: Primitive<undefined> = {
  summary: '1 where a = b, else 0',
  interval: ([a, b]) => (a!.max < b!.min || b!.max < a!.min ? Interval.of(0n) : uint(1)),
  evaluate: ([a, b]) => (a === b ? 1n : 0n),
  modularUpTo: never,
  verilog: (v, [a, b]) => {
    const width = commonWidth(a!, b!);
    return v.binary('==', a!.at(width), b!.at(width));
  },
  compile: (m, [a, b]) => m.equal(a!, b!),
};

export const less: Primitive<undefined> = {
  summary: '1 where a < b, else 0',
  interval: ([a, b]) => (a!.max < b!.min ? Interval.of(1n) : b!.max <= a!.min ? Interval.of(0n) : uint(1)),
  evaluate: ([a, b]) => (a! < b! ? 1n : 0n),
  modularUpTo: never,
  verilog: (v, [a, b]) => lessThan(v, a!, b!),
  compile: (m, [a, b]) => m.less(a!, b!),
};

export const mux: Primitive<undefined> = {
  summary: 'condition ? a : b, for a condition of one bit',
  interval: ([condition, a, b]) => (condition!.isConstant ? (condition!.min === 1n ? a! : b!) : a!.hull(b!)),
  evaluate: ([condition, a, b]) => (condition === 1n ? a! : b!),
  modularUpTo: always,
  verilog: (v, [condition, a, b], _, width) => v.conditional(condition!.at(1), a!.at(width), b!.at(width)),
  compile: (m, [condition, a, b]) => m.select(condition!, a!, b!),
};

/** The interval that a value is brought into. */
export interface IntervalParameters {
  readonly to: Interval;
}

export const wrap: Primitive<IntervalParameters> = {
  summary: 'the value of `to` that is congruent to a modulo 2^width; `to` is all that its bits hold',
  interval: (_, { to }) => to,
  evaluate: ([a], { to }) => (to.signed ? BigInt.asIntN(to.width, a!) : BigInt.asUintN(to.width, a!)),
  modularUpTo: ({ to }) => to.width,
  verilog: (_, [a], _p, width) => a!.at(width),
  compile: (m, [a], { to }) => (to.signed ? m.signExtend(a!, to.width) : m.zeroExtend(a!, to.width)),
};

export const saturate: Primitive<IntervalParameters> = {
  summary: 'the value of `to` that is nearest to a',
  interval: ([a], { to }) => new Interval(clamp(a!.min, to), clamp(a!.max, to)),
  evaluate: ([a], { to }) => clamp(a!, to),
  modularUpTo: never,
  verilog: (v, [a], { to }, width) => {
    const limit = (value: bigint) => ({
      width: Interval.of(value).width,
      signed: value < 0n,
      at: (bits: number) => v.constant(value, bits),
      bits: (low: number, bits: number) => v.constant(value >> BigInt(low), bits),
    });
    // A comparison that no value of the operand's bits can meet is left out: lint tools call it constant.
    const held = a!.signed
      ? { min: -(1n << BigInt(a!.width - 1)), max: (1n << BigInt(a!.width - 1)) - 1n }
      : { min: 0n, max: (1n << BigInt(a!.width)) - 1n };
    // It is read three times, so it needs a name.
    const value: typeof a = { ...a!, at: bits => a!.bits(0, bits) };
    let result = value.at(width);
    if (held.max > to.max)
      result = v.conditional(lessThan(v, limit(to.max), value), v.constant(to.max, width), result);
    if (held.min < to.min)
      result = v.conditional(lessThan(v, value, limit(to.min)), v.constant(to.min, width), result);
    return result;
  },
  compile: (m, [a], { to }) => {
    const high = m.constant(to.max);
    const low = m.constant(to.min);
    return m.select(m.less(a!, low), low, m.select(m.less(high, a!), high, a!));
  },
};

export const assume: Primitive<IntervalParameters> = {
  summary: 'a itself, promised to lie in `to`: no logic; every simulator stops where the promise is broken',
  interval: ([a], { to }) =>
    new Interval(a!.min > to.min ? a!.min : to.min, a!.max < to.max ? a!.max : to.max),
  evaluate: ([a]) => a!,
  modularUpTo: always,
  verilog: (_, [a], _p, width) => a!.at(width),
  compile: (_, [a]) => a!,
};

function clamp(value: bigint, { min, max }: Interval): bigint {
  return value < min ? min : value > max ? max : value;
}
