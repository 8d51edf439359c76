import { encodeTrit } from '../weight-code.ts';
import { type Encoding, firstNotTernary } from './encoding.ts';

/*
 * `2bit`: a word is the code of one weight as the lane gate takes it (weight-code.ts), so nothing has to be decoded.
 *
 *     bit     1    0
 *             neg  nz
 */
export const twoBit: Encoding = {
  wordBits: 2,
  wordWeights: 1,
  firstWrong: firstNotTernary,
  pack: ([weight]) => encodeTrit(weight!),
  unpack: word => [[0, 1, 0, -1][word]!],
  decode: word => [word],
};
