import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWithCarry,
  all,
  any,
  bit,
  choose,
  component,
  concat,
  Interval,
  int,
  mux,
  range,
  type Signal,
  sum,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { both } from '../support/both.ts';

/*
 * Every operation of the language against the integer function that it is. The functions here are written anew, with
 * plain arithmetic on BigInt, so that they share nothing with the table of operations.
 */

/** An interval of 1 to 70 bits with any ends. */
const interval: fc.Arbitrary<Interval> = fc
  .integer({ min: 1, max: 70 })
  .chain(bits => {
    const limit = 1n << BigInt(bits - 1);
    return fc.tuple(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: -limit, max: limit }));
  })
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? new Interval(a, b) : new Interval(b, a)));

function anyOf({ min, max }: Interval): fc.Arbitrary<bigint> {
  return fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max));
}

/** Intervals and values for three operands. */
const operands = fc.tuple(interval, interval, fc.integer({ min: 1, max: 6 }).map(uint)).chain(([a, b, c]) =>
  fc.record({
    intervals: fc.constant({ a, b, c }),
    values: fc.record({ a: anyOf(a), b: anyOf(b), c: anyOf(c) }),
  }),
);

type Values = { readonly a: bigint; readonly b: bigint; readonly c: bigint };
type Signals = { readonly a: Signal; readonly b: Signal; readonly c: Signal };
interface Meaning {
  readonly make: (signals: Signals) => Signal;
  readonly means: (values: Values, signals: Signals) => bigint;
}

const modulo = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;
const floorDivide = (a: bigint, b: bigint): bigint => (a - modulo(a, b)) / b;
const power = (exponent: number | bigint): bigint => 2n ** BigInt(exponent);
/** Bit `index` of two's complement. */
const bitOf = (value: bigint, index: number): bigint => modulo(floorDivide(value, power(index)), 2n);
/** A number from the function of each bit; 80 bits are more than any operand has. */
const bitwise = (f: (index: number) => boolean): bigint => {
  let result = 0n;
  for (let index = 0; index < 80; index++) if (f(index)) result += power(index);
  return result >= power(79) ? result - power(80) : result;
};
const fromBool = (value: boolean): bigint => (value ? 1n : 0n);

const meanings: Record<string, Meaning> = {
  add: { make: ({ a, b }) => a.add(b), means: ({ a, b }) => a + b },
  sub: { make: ({ a, b }) => a.sub(b), means: ({ a, b }) => a - b },
  negate: { make: ({ a }) => a.negate(), means: ({ a }) => 0n - a },
  'times 11': { make: ({ a }) => a.times(11), means: ({ a }) => 11n * a },
  'times -7': { make: ({ a }) => a.times(-7), means: ({ a }) => -7n * a },
  'times 0': { make: ({ a, b }) => a.times(0).add(b), means: ({ b }) => b },
  and: {
    make: ({ a, b }) => a.and(b),
    means: ({ a, b }) => bitwise(i => bitOf(a, i) === 1n && bitOf(b, i) === 1n),
  },
  or: {
    make: ({ a, b }) => a.or(b),
    means: ({ a, b }) => bitwise(i => bitOf(a, i) === 1n || bitOf(b, i) === 1n),
  },
  xor: { make: ({ a, b }) => a.xor(b), means: ({ a, b }) => bitwise(i => bitOf(a, i) !== bitOf(b, i)) },
  not: {
    make: ({ a }) => a.not(),
    means: ({ a }, signals) => (signals.a.interval.signed ? -1n - a : power(signals.a.width) - 1n - a),
  },
  mask: { make: ({ a, c }) => c.bit(0).mask().and(a), means: ({ a, c }) => (c % 2n === 1n ? a : 0n) },
  parity: {
    make: ({ a }) => a.parity(),
    means: ({ a }, signals) =>
      BigInt(Array.from({ length: signals.a.width }, (_, i) => bitOf(a, i)).filter(b => b === 1n).length % 2),
  },
  equals: { make: ({ a, b }) => a.equals(b), means: ({ a, b }) => fromBool(a === b) },
  'equals itself plus 0': { make: ({ a }) => a.add(0).equals(a), means: () => 1n },
  notEquals: { make: ({ a, b }) => a.notEquals(b), means: ({ a, b }) => fromBool(a !== b) },
  lessThan: { make: ({ a, b }) => a.lessThan(b), means: ({ a, b }) => fromBool(a < b) },
  atMost: { make: ({ a, b }) => a.atMost(b), means: ({ a, b }) => fromBool(a <= b) },
  moreThan: { make: ({ a, b }) => a.moreThan(b), means: ({ a, b }) => fromBool(a > b) },
  atLeast: { make: ({ a, b }) => a.atLeast(b), means: ({ a, b }) => fromBool(a >= b) },
  'less than a constant': { make: ({ a }) => a.lessThan(-3), means: ({ a }) => fromBool(a < -3n) },
  'shiftLeft by a constant': { make: ({ a }) => a.shiftLeft(9), means: ({ a }) => a * power(9) },
  'shiftLeft by a signal': { make: ({ a, c }) => a.shiftLeft(c), means: ({ a, c }) => a * power(c) },
  'shiftRight by a constant': {
    make: ({ a }) => a.shiftRight(9),
    means: ({ a }) => floorDivide(a, power(9)),
  },
  'shiftRight by a signal': {
    make: ({ a, c }) => a.shiftRight(c),
    means: ({ a, c }) => floorDivide(a, power(c)),
  },
  'shiftRight by 3 at least': {
    make: ({ a, c }) => a.shiftRight(c.add(3)),
    means: ({ a, c }) => floorDivide(a, power(c + 3n)),
  },
  slice: {
    make: ({ a }) => a.slice(a.width >> 1, a.width - (a.width >> 1)),
    means: ({ a }, signals) => {
      const low = signals.a.width >> 1;
      return modulo(floorDivide(a, power(low)), power(signals.a.width - low));
    },
  },
  'highest bit': {
    make: ({ a }) => a.bit(a.width - 1),
    means: ({ a }, signals) => bitOf(a, signals.a.width - 1),
  },
  concat: {
    make: ({ a, b, c }) => concat(a, b, c),
    means: ({ a, b, c }, { a: { width: wa }, b: { width: wb } }) =>
      modulo(a, power(wa)) + modulo(b, power(wb)) * power(wa) + c * power(wa + wb),
  },
  'concat of one': {
    make: ({ a }) => concat(a),
    means: ({ a }, signals) => modulo(a, power(signals.a.width)),
  },
  'concat of its bits': {
    make: ({ a }) => concat(...a.bits()),
    means: ({ a }, signals) => modulo(a, power(signals.a.width)),
  },
  'wrap, unsigned': { make: ({ a }) => a.wrap(uint(7)), means: ({ a }) => modulo(a, 128n) },
  'wrap, signed': { make: ({ a }) => a.wrap(int(7)), means: ({ a }) => modulo(a + 64n, 128n) - 64n },
  saturate: {
    make: ({ a }) => a.saturate(range(-100, 77)),
    means: ({ a }) => (a < -100n ? -100n : a > 77n ? 77n : a),
  },
  'assume (kept)': {
    make: ({ a }) => mux(a.atMost(5), a, 5).assume(range(-power(80), 5n), 'it is at most 5'),
    means: ({ a }) => (a < 5n ? a : 5n),
  },
  mux: { make: ({ a, b, c }) => mux(c.bit(0), a, b), means: ({ a, b, c }) => (c % 2n === 1n ? a : b) },
  choose: {
    make: ({ a, b, c }) => choose(c.slice(0, 1).add(c.slice(0, 1)), [a, 17, b]),
    means: ({ a, b, c }) => (c % 2n === 1n ? b : a),
  },
  addWithCarry: {
    make: ({ a, b, c }) => addWithCarry(a, b, c.bit(0)),
    means: ({ a, b, c }) => a + b + (c & 1n),
  },
  sum: { make: ({ a, b, c }) => sum([a, b, c, 5, a]), means: ({ a, b, c }) => 2n * a + b + c + 5n },
  'sum of nothing': { make: ({ a }) => a.add(sum([])), means: ({ a }) => a },
  any: {
    make: ({ a, b, c }) => any([a.equals(0), b.lessThan(0), c.bit(0)]),
    means: ({ a, b, c }) => fromBool(a === 0n || b < 0n || c % 2n === 1n),
  },
  all: {
    make: ({ a, b, c }) => all([a.moreThan(0), b.lessThan(0), c.bit(0)]),
    means: ({ a, b, c }) => fromBool(a > 0n && b < 0n && c % 2n === 1n),
  },
  'any of nothing': { make: ({ a }) => any([]).mask().and(a).add(a), means: ({ a }) => a },
};

describe('each operation is the integer function that it says it is, within its interval', () => {
  for (const [name, { make, means }] of Object.entries(meanings)) {
    test(name, () => {
      fc.assert(
        fc.property(operands, ({ intervals, values }) => {
          let signals: Signals | undefined;
          let made: Signal | undefined;
          const circuit = component('one_operation', {
            inputs: intervals,
            build(inputs) {
              signals = inputs;
              made = make(inputs);
              // A result that is a constant has no port of its own.
              return { y: made, alive: inputs.a };
            },
          });
          const y = both(circuit, run => run.set(values).get('y'));
          expect(y).toBe(means(values, signals!));
          expect(made!.interval.contains(y)).toBe(true);
        }),
        { seed: 1, numRuns: 40 },
      );
    });
  }
});

describe('the interval of a result', () => {
  const show = (make: (signals: { x: Signal; n: Signal; b: Signal }) => Signal): string => {
    let made: Signal | undefined;
    component('intervals', {
      inputs: { x: int(8), n: uint(4), b: bit },
      build(inputs) {
        made = make(inputs);
        return { y: made, alive: inputs.b };
      },
    }).module;
    return `${made!.interval}`;
  };

  test('is exact for sums, differences and negations: no bit too many', () => {
    expect(show(({ x }) => x.negate())).toBe('[-127, 128]');
    expect(show(({ x, n }) => x.add(n))).toBe('[-128, 142]');
    expect(show(({ x, n }) => n.sub(x))).toBe('[-127, 143]');
    expect(show(({ n }) => sum([n, n, n]))).toBe('[0, 45]');
    expect(show(({ n }) => addWithCarry(n, n, n.bit(0)))).toBe('[0, 31]');
  });

  test('of a product by a constant is that of the product, not that of its terms', () => {
    expect(show(({ n }) => n.times(3))).toBe('[0, 45]');
    expect(show(({ x }) => x.times(-7))).toBe('[-889, 896]');
  });

  test('of a multiplexer covers both sides', () => {
    expect(show(({ x, n, b }) => mux(b, x, n))).toBe('[-128, 127]');
    expect(show(({ n, b }) => mux(b, n, 100))).toBe('[0, 100]');
  });

  test('of one value makes a constant', () => {
    expect(show(({ n }) => n.lessThan(16))).toBe('[1, 1]');
    expect(show(({ n }) => n.and(0))).toBe('[0, 0]');
    expect(show(({ x }) => x.sub(x))).toBe('[0, 0]');
    expect(show(({ x }) => x.equals(x))).toBe('[1, 1]');
    expect(show(({ b }) => b.or(1))).toBe('[1, 1]');
  });
});
