import { concat } from '../../../hdl-gen/lang/index.ts';
import { type Encoding, firstNotTernary } from './encoding.ts';

/*
 * `1of2`: a word holds two weights of which at most one is not zero.
 *
 *     bit     2       1    0
 *             second  neg  none
 *
 * `none` is 1 where both are zeros, whatever the other bits are; otherwise `neg` is the sign of the weight that counts, and
 * `second` is 1 where it is the second one. That it says what is not there saves an inverter for each pair: the reset of
 * a flip-flop takes the bit as it is. Three of the five pairs that there are would fit into 7 bits; these 9 bits are the
 * controls of a gate that chooses between two activations, as they are.
 */
export const oneOfTwo: Encoding = {
  wordBits: 3,
  wordWeights: 2,
  firstWrong(weights) {
    const wrong = firstNotTernary(weights);
    // Of two weights that both count it is the second one that has no place.
    return wrong === -1 && !weights.includes(0) ? 1 : wrong;
  },
  pack([first, second]) {
    const weight = first! + second!;
    return weight === 0 ? 1 : (weight < 0 ? 2 : 0) | (second === 0 ? 0 : 4);
  },
  unpack(word) {
    const weight = [1, 0, -1, 0][word & 3]!;
    return word < 4 ? [weight, 0] : [0, weight];
  },
  decode(word) {
    const isSecond = word.bit(2);
    return [isSecond.not(), isSecond].map(isHere => {
      const nonZero = word.bit(0).not().and(isHere);
      return concat(nonZero, nonZero.and(word.bit(1)));
    });
  },
};
