import { all, concat, mux, type Signal } from '../../../hdl-gen/lang/index.ts';
import { type Encoding, firstNotTernary } from './encoding.ts';

/*
 * `5in8`: a byte T holds five weights t0 to t4, as digits 0, 1, 2 for 0, +1, -1. There are 243 groups of five digits and
 * 256 bytes, so any code would do; this one, the trit block of ASTC's integer sequences, is made of fields, so that a
 * decoder needs no arithmetic. A digit 2 is the rare case: what says that it is there takes the place of its digit.
 *
 * A digit has two bits of which at most one is 1. Three digits stand in a group C of five bits:
 *
 *     bit     4    3 2   1 0
 *             t2   t1    t0    t2 is 0 or 1
 *             t1   t0    1 1   t2 is 2, t1 is 0 or 1
 *             -    1 1   t0    t2 and t1 are 2
 *
 * and the byte is
 *
 *     bit     7    6 5   4 3 2 1 0
 *             t4   t3    C               t4 is 0 or 1
 *             t3   1 1   C               t4 is 2, t3 is 0 or 1
 *             C[4:2]     1 1 1  C[1:0]   t4 and t3 are 2
 *
 * where bits 4 to 2 of C are never all 1 in the first two lines. A digit field 1 1 that says nothing else is a 2. Of
 * several bytes for the same weights the largest one is made, as ASTC does. Weights 0 at the end leave the high bits 0:
 * so three weights fit into 5 bits and four into 7.
 */
export const fiveInEight: Encoding = {
  wordBits: 8,
  wordWeights: 5,
  firstWrong: firstNotTernary,
  pack: weights => words.get(weights.join())!,
  unpack,
  decode(word) {
    const isShort = all(word.slice(2, 3).bits());
    const c = mux(isShort, concat(word.slice(0, 2), word.slice(5, 3)), word.slice(0, 5));
    const isLow = all(c.slice(0, 2).bits());
    const isMiddle = all(c.slice(2, 2).bits());
    const isHigh = all(word.slice(5, 2).bits());
    return [
      codeOf(mux(isLow, c.bit(3), c.bit(1)), mux(isLow, c.bit(2), c.bit(0))),
      codeOf(mux(isLow, 0, c.bit(3)), mux(isLow, c.bit(4), c.bit(2))),
      codeOf(isLow.or(isMiddle), c.bit(4)),
      codeOf(isShort.or(mux(isHigh, 0, word.bit(6))), mux(isHigh, word.bit(7), word.bit(5))),
      codeOf(isShort.or(isHigh), word.bit(7)),
    ];
  },
};

/** The largest word for each group of weights. */
const words = new Map(Array.from({ length: 256 }, (_, word) => [unpack(word).join(), word]));

function unpack(word: number): number[] {
  const high = word >> 5;
  const isShort = ((word >> 2) & 7) === 7;
  const group = isShort ? (high << 2) | (word & 3) : word & 31;
  const [t3, t4] = isShort ? [2, 2] : (high & 3) === 3 ? [high >> 2, 2] : [high & 3, high >> 2];
  const [top, middle, low] = [group >> 4, (group >> 2) & 3, group & 3];
  const [t0, t1, t2] =
    low === 3 ? [Math.min(middle, 2), top, 2] : middle === 3 ? [low, 2, 2] : [low, middle, top];
  return [t0!, t1!, t2!, t3!, t4!].map(digit => (digit === 2 ? -1 : digit));
}

/** The lane's code of a digit that is 2 where `isTwo` is 1, and else `isOne`. */
function codeOf(isTwo: Signal, isOne: Signal): Signal {
  return concat(isTwo.or(isOne), isTwo);
}
