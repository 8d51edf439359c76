import { type ArrayShape, array, type Interval, type Signal, uint } from '../../hdl-gen/lang/index.ts';
import { weightDecoder } from './encodings/encodings.ts';
import { fiveInEight } from './encodings/five-in-eight.ts';
import { arrayLayout, encodeRow } from './families.ts';
import { type BeatShape, beatShape } from './family.ts';
import type { ArrayParameters } from './parameters.ts';

/*
 * How the weights of a beat come through a stream: as the codes of their family, or packed as `5in8`.
 *
 * Of the codes of the families that take `5in8` there are three, 0, 1 and 3, as there are three weights. In `tree` they
 * are the weights 0, +1 and -1 themselves. In `tree-folded` they are controls, which mean another thing in each lane; but
 * nothing in a word cares what its digits mean. So both are packed as digits, and one decoder gives the codes back. Five lanes
 * share a word; the last one is filled up with digits 0.
 */

/** The words of a row in a beat, and bits of each; 0 where the weights are no input. */
export interface StreamWords {
  readonly count: number;
  readonly bits: number;
}

/** How many words bring the weights of a row. */
export function streamWords(parameters: ArrayParameters): StreamWords {
  const { codeBits, w } = arrayLayout(parameters);
  if (parameters.encoding !== '5in8') return { count: w.length, bits: codeBits };
  return { count: Math.ceil(w.length / fiveInEight.wordWeights), bits: fiveInEight.wordBits };
}

/** What a beat of a stream carries. */
export function streamShape(parameters: ArrayParameters): BeatShape {
  const layout = arrayLayout(parameters);
  const { count, bits } = streamWords(parameters);
  const shape = beatShape(parameters, layout);
  const word: ArrayShape<Interval> = bits === 0 ? shape.w.element : array(count, uint(bits));
  return { ...shape, w: array(parameters.rows, word) };
}

/** The codes of a row, from the words that its stream brings; without a register. */
export function streamCodes(words: readonly Signal[], parameters: ArrayParameters): readonly Signal[] {
  if (parameters.encoding !== '5in8') return words;
  const { w } = arrayLayout(parameters);
  return words.flatMap(word => [...weightDecoder({ encoding: '5in8' })({ word }).w]).slice(0, w.length);
}

/**
 * A row of weights as its stream brings it: the words of each beat, and the constant of the whole row.
 * @param row for the message, where the row is refused.
 * @throws Diagnostic TCT-7502 as `encodeRow`.
 */
export function encodeStreamRow(
  weights: readonly number[],
  parameters: ArrayParameters,
  row = 0,
): { readonly codes: readonly (readonly number[])[]; readonly constant: number } {
  const { codes, constant } = encodeRow(weights, parameters, row);
  if (parameters.encoding !== '5in8') return { codes, constant };
  return { codes: codes.map(packed), constant };
}

function packed(codes: readonly number[]): number[] {
  const { wordWeights, pack } = fiveInEight;
  const digits = codes.map(code => (code === 3 ? -1 : code));
  return Array.from({ length: Math.ceil(digits.length / wordWeights) }, (_, word) =>
    pack(Array.from({ length: wordWeights }, (_, i) => digits[word * wordWeights + i] ?? 0)),
  );
}
