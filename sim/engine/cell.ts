import { Interval, type Machine, type Operation } from '../../ir/index.ts';
import { limbMachine } from './machine-limbs.ts';
import { scalarMachine } from './machine-scalar.ts';
import { inWords, type Word, wordsOf } from './word.ts';

/**
 * The fast code of one cell: compiled for the narrowest machine whose words hold every operand, the result and
 * every constant that the operation uses.
 *
 * @param intervals of the operands.
 * @param result the interval of the result, which the code is brought to the form of.
 */
export function compileCell(
  operation: Operation,
  parameters: unknown,
  operands: readonly Word[],
  intervals: readonly Interval[],
  result: Interval,
): Word {
  let words = wordsOf(intervals.reduce((hull, interval) => hull.hull(interval), result));
  for (;;) {
    let needed = words;
    const machine = machineOf(words);
    const word = operation.compile<Word>(
      {
        ...machine,
        constant: value => {
          needed = Math.max(needed, wordsOf(Interval.of(value)));
          return machine.constant(value);
        },
      },
      operands,
      parameters,
    );
    if (needed === words) return inWords(word, wordsOf(result));
    words = needed;
  }
}

const machines = new Map<number, Machine<Word>>();

/** The machine for values of `words` words of 32 bits. */
function machineOf(words: number): Machine<Word> {
  let machine = machines.get(words);
  if (machine === undefined) {
    machine =
      words === 1 ? scalarMachine('i32') : words === 2 ? scalarMachine('i64') : limbMachine(words / 2);
    machines.set(words, machine);
  }
  return machine;
}
