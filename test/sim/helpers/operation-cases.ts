import fc from 'fast-check';
import { Interval, int, least, most, type OperationName, range, uint } from '../../../ir/index.ts';
import { drawnFrom, interval, natural } from './draw.ts';

/** One use of an operation, with values to try it on. */
export interface OperationCase {
  readonly parameters: unknown;
  readonly intervals: readonly Interval[];
  /** Several lists of operand values. */
  readonly values: readonly (readonly bigint[])[];
  /** Operands that are constants: they have the first value always. */
  readonly constants: readonly boolean[];
}

const widest = 140;
const any = interval(widest);
const width = fc.oneof(
  fc.integer({ min: 1, max: widest }),
  fc.constantFrom(1, 8, 16, 31, 32, 33, 63, 64, 65, 128),
);
const oneBit = fc.constantFrom(range(0, 1), range(0, 1), range(0, 0), range(1, 1));
const none = fc.constant(undefined);

function use(
  parameters: fc.Arbitrary<unknown>,
  intervals: fc.Arbitrary<readonly Interval[]>,
  promised: (interval: Interval) => Interval = interval => interval,
): fc.Arbitrary<OperationCase> {
  return fc
    .tuple(parameters, intervals)
    .chain(([parameters, intervals]) => valuesFor(parameters, intervals, intervals.map(promised)));
}

/** `from` is where the values are drawn from: the intervals, or less where a promise is made. */
function valuesFor(
  parameters: unknown,
  intervals: readonly Interval[],
  from: readonly Interval[],
): fc.Arbitrary<OperationCase> {
  const tuple = fc.tuple(...from.map(drawnFrom));
  return fc.record({
    parameters: fc.constant(parameters),
    intervals: fc.constant(intervals),
    values: fc.array(tuple, { minLength: 6, maxLength: 6 }),
    constants: fc.tuple(...intervals.map(() => fc.integer({ min: 0, max: 4 }).map(n => n === 0))),
  });
}

const one = any.map(a => [a]);
const two = fc.tuple(any, any);
const word = interval(64).filter(({ min }) => min >= 0n);

/** How to draw each row of the table. A new row has no tests before it stands here, and the types say so. */
export const operationCases: Record<OperationName, fc.Arbitrary<OperationCase>> = {
  add: use(none, two),
  sub: use(none, two),
  negate: use(none, one),
  shiftLeft: use(fc.record({ count: fc.integer({ min: 0, max: 140 }) }), one),
  shiftRight: use(fc.record({ count: fc.integer({ min: 0, max: 300 }) }), one),
  shiftLeftBy: use(none, fc.tuple(any, natural(90))),
  shiftRightBy: use(none, fc.tuple(any, fc.oneof(natural(40), natural(300)))),
  and: use(none, two),
  or: use(none, two),
  xor: use(none, two),
  complement: use(none, one),
  invert: fc.tuple(width, any).chain(([width, a]) => {
    const inside = (value: bigint) => most(0n, least(value, uint(width).max));
    return use(fc.constant({ width }), fc.constant([new Interval(inside(a.min), inside(a.max))]));
  }),
  mask: use(
    none,
    oneBit.map(a => [a]),
  ),
  parity: use(fc.record({ width }), one),
  slice: use(fc.record({ low: fc.integer({ min: 0, max: 150 }), width }), one),
  concat: fc
    .array(fc.tuple(fc.oneof(fc.integer({ min: 1, max: 9 }), width), any), { minLength: 1, maxLength: 5 })
    .chain(parts =>
      use(fc.constant({ widths: parts.map(([width]) => width) }), fc.constant(parts.map(([, part]) => part))),
    ),
  equal: fc.oneof(
    use(none, two),
    use(
      none,
      any.map(a => [a, a]),
    ),
    use(none, fc.constant([range(-2, 2), range(-2, 2)])),
  ),
  less: fc.oneof(
    use(none, two),
    use(
      none,
      any.map(a => [a, a]),
    ),
    use(none, fc.constant([range(-2, 2), range(-2, 2)])),
  ),
  mux: use(none, fc.tuple(oneBit, any, any)),
  wrap: use(fc.record({ to: fc.oneof(width.map(uint), width.map(int)) }), one),
  saturate: use(fc.record({ to: any }), one),
  lut: fc.integer({ min: 0, max: 4 }).chain(count => {
    const table = fc.integer({ min: 0, max: 2 ** (2 ** count) - 1 });
    return use(fc.record({ table }), fc.array(oneBit, { minLength: count, maxLength: count }));
  }),
  majority: use(none, fc.tuple(oneBit, oneBit, oneBit)),
  multiply: use(fc.record({ width }), two),
  divide: use(none, fc.tuple(word, word)),
  remainder: use(none, fc.tuple(word, word)),
  shiftLeftWithin: use(fc.record({ width }), fc.tuple(any, fc.oneof(natural(8), natural(300)))),
  assume: fc.tuple(any, any).chain(([a, b]) => {
    const to = new Interval(least(a.min, b.min), most(a.min, b.max));
    const both = new Interval(most(a.min, to.min), least(a.max, to.max));
    return valuesFor({ to }, [a], [both]);
  }),
};
