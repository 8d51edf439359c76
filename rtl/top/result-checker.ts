import {
  bit,
  choose,
  counter,
  type Interval,
  named,
  register,
  rom,
  type Signal,
} from '../../hdl-gen/lang/index.ts';
import type { SelfTestProgram } from './self-test-program.ts';

/**
 * Compares each row of each result with the expected sum, one row in two cycles, and takes the result after its
 * last row. `passed` is 1 from the first time that all products were right, `failed` from the first wrong sum on.
 */
export function resultChecker(
  valid: Signal,
  y: readonly Signal[],
  { sums }: SelfTestProgram,
): { ready: Signal; passed: Signal; failed: Signal } {
  const held = y.map(sum => sum.interval).reduce((hull: Interval, next) => hull.hull(next));
  const expectedSums = sums.flat();

  // The first of the two cycles reads the expected sum.
  const compare = register(bit, { reset: true });
  compare.next(valid.and(compare.not()));
  const { count: row, isLast: isLastRow } = counter(y.length, { reset: true, enable: compare });
  const { count: address, isLast } = counter(expectedSums.length, { reset: true, enable: compare });
  const expected = rom(held, expectedSums, 'expected_sums').read(address);

  const isWrong = compare.and(choose(row, y).notEquals(expected));
  const failed = register(bit, { reset: true });
  failed.next(failed.or(isWrong));
  const passed = register(bit, { reset: true });
  passed.next(passed.or(compare.and(isLast).and(failed.or(isWrong).not())));
  named({ checker: { compare, row, address, expected, failed, passed } });
  return { ready: compare.and(isLastRow), passed, failed };
}
