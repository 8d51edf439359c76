import type { Interval, Operation } from '../../ir/index.ts';
import { type Format, formatOf } from '../storage.ts';
import { compileCell } from './cell.ts';
import type { Address } from './expression.ts';
import { constantWord, inWords, loadWord, type StorePart, storeParts, type Word, wordsOf } from './word.ts';

/** How values are held and computed: one of each net at a time, or that of many streams at once. */
export interface Form {
  /** How many values that were loaded last are kept for others that need them. */
  readonly loadsAtHand: number;
  /** The form for a piece of code that is done from its begin to its end: there, what was computed can be used again. */
  inSequence(): Form;
  /** Whether the host keeps the circuit's memories, and reads and writes them when it is asked. */
  readonly hasHostMemories: boolean;
  /** What a value of the interval takes in memory. */
  format(interval: Interval): Format;
  constant(value: bigint, interval: Interval): Word;
  load(address: Address, offset: number, interval: Interval): Word;
  store(word: Word, format: Format): StorePart[];
  /** The result of an operation. @param intervals of the operands. */
  cell(
    operation: Operation,
    parameters: unknown,
    operands: readonly Word[],
    intervals: readonly Interval[],
    result: Interval,
  ): Word;
  /** Brings a value to another interval, which holds it. */
  fit(word: Word, interval: Interval): Word;
}

/** One value of each net, in scalars: see `word.ts`. */
export const scalarForm: Form = {
  loadsAtHand: 0,
  inSequence: () => scalarForm,
  hasHostMemories: false,
  format: formatOf,
  constant: (value, interval) => constantWord(value, wordsOf(interval)),
  load: loadWord,
  store: storeParts,
  cell: compileCell,
  fit: (word, interval) => inWords(word, wordsOf(interval)),
};
