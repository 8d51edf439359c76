import { type Interval, uint } from '../../hdl-gen/lang/index.ts';

/*
 * The 2-bit weight code. Bit 0, `nz`, is 1 where the weight is not zero; bit 1, `neg`, is 1 where it is negative:
 *
 *     weight   neg nz   code
 *        0      0  0      0
 *       +1      0  1      1
 *       -1      1  1      3
 *        0      1  0      2   where the lane was negative before
 *
 * With it a lane gate is one LUT for each bit of the activation: (x & nz) ^ neg. For a weight of -1 that gives
 * ~x = -x - 1. The missing 1 of every such weight does not depend on x: it is part of the row's initial value.
 *
 * A weight 0 leaves `neg` free: with code 2 the gate gives ~0 = -1, of which the 1 is missing too. So a lane can keep the sign that
 * it had in the beat before, and less of what follows changes.
 */

/** What one weight code can be. */
export const weightCode: Interval = uint(2);

/** The code of a weight -1, 0 or 1. */
export function encodeTrit(trit: number): number {
  return trit === 0 ? 0 : trit > 0 ? 1 : 3;
}

/** The code of a weight 0 in a lane that had another code before: it keeps the sign. */
export function zeroBehind(code = 0): number {
  return code & 2;
}

/** What a row's initial value has to hold for the weights of these codes: the number of negated lanes. */
export function negations(codes: Iterable<number>): number {
  let count = 0;
  for (const code of codes) count += code >> 1;
  return count;
}
