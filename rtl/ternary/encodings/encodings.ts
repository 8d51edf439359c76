import { component, uint } from '../../../hdl-gen/lang/index.ts';
import { notTernary, twoInAPair } from '../diagnostics.ts';
import { type Encoding, firstNotTernary } from './encoding.ts';
import { fiveInEight } from './five-in-eight.ts';
import { oneOfTwo } from './one-of-two.ts';
import { twoBit } from './two-bit.ts';

/** The names of the encodings. */
export type EncodingName = '2bit' | '5in8' | '1of2';

/** All ways to keep weights in words. A new one is a file with an `Encoding` and a line here. */
export const encodings: Readonly<Record<EncodingName, Encoding>> = {
  '2bit': twoBit,
  '5in8': fiveInEight,
  '1of2': oneOfTwo,
};

/** A word of weights in, the code of each weight for its lane gate out; without a register. */
export const weightDecoder = component(
  'weight_decoder',
  ({ encoding }: { readonly encoding: EncodingName }) => {
    const { wordBits, decode } = encodings[encoding];
    return {
      inputs: { word: uint(wordBits) },
      build: ({ word }) => ({ w: decode(word) }),
    };
  },
);

/**
 * The words of each row of a matrix. A row whose last word is not full is filled up with zeros.
 *
 * @throws Diagnostic TCT-7501 for a number that is no ternary weight, TCT-7502 for a pair that `1of2` cannot hold.
 */
export function packRows(rows: readonly (readonly number[])[], name: EncodingName): number[][] {
  const { wordWeights, firstWrong, pack } = encodings[name];
  return rows.map((weights, row) =>
    Array.from({ length: Math.ceil(weights.length / wordWeights) }, (_, word) => {
      const first = word * wordWeights;
      const group = Array.from({ length: wordWeights }, (_, i) => weights[first + i] ?? 0);
      const wrong = firstWrong(group);
      if (wrong === -1) return pack(group);
      throw firstNotTernary(group) === -1
        ? twoInAPair(row, first + wrong)
        : notTernary(row, first + wrong, group[wrong]!);
    }),
  );
}
