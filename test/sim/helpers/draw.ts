import fc from 'fast-check';
import { Interval, int, range, uint } from '../../../ir/index.ts';

/** An integer of up to `bits` bits, either sign, often near a power of two. */
export function integer(bits: number): fc.Arbitrary<bigint> {
  const limit = 1n << BigInt(bits - 1);
  const nearPower = fc
    .tuple(fc.integer({ min: 0, max: bits - 1 }), fc.integer({ min: -1, max: 1 }), fc.boolean())
    .map(([power, off, negative]) => ((1n << BigInt(power)) + BigInt(off)) * (negative ? -1n : 1n))
    .filter(value => -limit <= value && value < limit);
  return fc.oneof(
    fc.bigInt({ min: -limit, max: limit - 1n }),
    nearPower,
    fc.bigInt({ min: -4n, max: 4n }).filter(v => -limit <= v && v < limit),
  );
}

/** An interval of widths 1 to `bits`: formats, odd bounds, single values, either sign. */
export function interval(bits: number): fc.Arbitrary<Interval> {
  const width = fc.oneof(
    fc.integer({ min: 1, max: bits }),
    fc.constantFrom(...[31, 32, 33, 63, 64, 65].filter(w => w <= bits)),
    fc.integer({ min: 1, max: Math.min(9, bits) }),
  );
  return fc.oneof(
    width.map(uint),
    width.map(int),
    width
      .chain(w => fc.tuple(integer(w), integer(w)))
      .map(([a, b]) => (a < b ? new Interval(a, b) : new Interval(b, a))),
    width.chain(integer).map(Interval.of),
  );
}

/** A non-negative interval up to `max`. */
export function natural(max: number): fc.Arbitrary<Interval> {
  const number = fc.integer({ min: 0, max });
  return fc.tuple(number, number).map(([a, b]) => range(Math.min(a, b), Math.max(a, b)));
}

/** A value of the interval, often one of its bounds. */
export function drawnFrom({ min, max }: Interval): fc.Arbitrary<bigint> {
  const near = (value: bigint) => (value < min ? min : value > max ? max : value);
  return fc.oneof(
    fc.bigInt({ min, max }),
    fc.constantFrom(min, max, near(min + 1n), near(max - 1n), near(0n)),
  );
}
