/**
 * The instructions that the fast code of an operation may use.
 *
 * A machine works on words W that hold signed integers in two's complement. The engine picks a machine whose word
 * is wide enough for every operand and the result, so exact arithmetic never overflows and no row needs to mask.
 */
export interface Machine<W> {
  constant(value: bigint): W;
  add(a: W, b: W): W;
  sub(a: W, b: W): W;
  and(a: W, b: W): W;
  or(a: W, b: W): W;
  xor(a: W, b: W): W;
  /** a * 2^count; count is less than the word's bits and the result fits. */
  shiftLeft(a: W, count: number): W;
  /** floor(a / 2^count) for any count from 0. */
  shiftRight(a: W, count: number): W;
  /** a * 2^b for a variable b that is less than the word's bits; what does not fit is lost at the top. */
  shiftLeftBy(a: W, b: W): W;
  /** floor(a / 2^b) for any variable b from 0. */
  shiftRightBy(a: W, b: W): W;
  /** The low `bits` bits as an unsigned number; the word is wider than `bits`. */
  zeroExtend(a: W, bits: number): W;
  /** The low `bits` bits as a two's complement number. */
  signExtend(a: W, bits: number): W;
  /** 1 where the two are equal, else 0. */
  equal(a: W, b: W): W;
  /** 1 where a < b, else 0. */
  less(a: W, b: W): W;
  /** `whenTrue` where the condition (0 or 1) is 1, else `whenFalse`; both are computed. */
  select(condition: W, whenTrue: W, whenFalse: W): W;
  /** 1 where the number of ones in the word is odd, else 0. */
  parity(a: W): W;
  /** The low `bits` bits of a * b as an unsigned number, which the word holds. */
  multiply(a: W, b: W, bits: number): W;
  /** floor(a / b) for a from 0 and b from 1, both less than 2^64. */
  divide(a: W, b: W): W;
  /** What remains of a when it is divided by b, for the same numbers. */
  remainder(a: W, b: W): W;
}
