import {
  any,
  bit,
  choose,
  counter,
  type Interval,
  named,
  register,
  registered,
  rom,
  type Signal,
} from '../../hdl-gen/lang/index.ts';
import type { SelfTestProgram } from './self-test-program.ts';

/**
 * Compares each row of each result with the expected sum, and takes the result after its last row. `passed` is 1
 * from the first time that all products were right, `failed` from the first wrong sum on.
 *
 * A row takes four cycles, so that no path is longer than those of the core: choose the sum and read the expected
 * one; compare them in pairs of bits; gather the pairs; judge.
 */
export function resultChecker(
  valid: Signal,
  y: readonly Signal[],
  { sums }: SelfTestProgram,
): { ready: Signal; passed: Signal; failed: Signal } {
  const held = y.map(sum => sum.interval).reduce((hull: Interval, next) => hull.hull(next));
  const expectedSums = sums.flat();

  const ready = register(bit, { reset: true });
  const { count: step, isLast: judges } = counter(4, { reset: true, enable: valid.and(ready.not()) });
  const { count: row, isLast: isLastRow } = counter(y.length, { reset: true, enable: judges });
  const { count: address, isLast } = counter(expectedSums.length, { reset: true, enable: judges });
  ready.next(judges.and(isLastRow));

  const sum = registered(choose(row, y));
  const expected = rom(held, expectedSums, 'expected_sums').read(address);
  const unequal = pairsOf(sum.xor(expected)).map(pair => registered(pair.notEquals(0)));
  const isWrong = registered(any(unequal));

  const failed = register(bit, { reset: true });
  failed.next(failed.or(judges.and(isWrong)));
  const passed = register(bit, { reset: true });
  passed.next(passed.or(judges.and(isLast).and(failed.or(isWrong).not())));
  named({
    checker: { step, row, address, sum, expected, unequal, is_wrong: isWrong, ready, failed, passed },
  });
  return { ready, passed, failed };
}

/** The bits of a signal, two by two. */
function pairsOf(signal: Signal): Signal[] {
  return Array.from({ length: Math.ceil(signal.width / 2) }, (_, i) =>
    signal.slice(2 * i, Math.min(2, signal.width - 2 * i)),
  );
}
