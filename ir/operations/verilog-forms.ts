/**
 * The Verilog expression forms that an operation may use; the emitter gives them their syntax tree.
 *
 * Every expression E is an unsigned vector of a known width. Extension is always written out, so no rule of
 * Verilog about mixed widths or signs ever takes part.
 */
export interface VerilogForms<E> {
  /** The constant `value` modulo 2^width. */
  constant(value: bigint, width: number): E;
  /** A binary operator on two expressions of the same width; a comparison has one bit. */
  binary(operator: '+' | '-' | '&' | '|' | '^' | '==' | '<' | '<<' | '>>', left: E, right: E): E;
  /** A comparison of two's complement numbers of the same width. */
  signedLess(left: E, right: E): E;
  /** The complement, the negation, or the conjunction or exclusive or of all bits (one bit). */
  unary(operator: '~' | '-' | '&' | '^', operand: E): E;
  conditional(condition: E, whenTrue: E, whenFalse: E): E;
  /** Parts side by side, the first one in the lowest bits. */
  concat(lowFirst: readonly E[]): E;
  /** One bit, `count` times. */
  repeat(bit: E, count: number): E;
}

/** An operand of an operation, which can be asked for in the form that the operation needs. */
export interface Operand<E> {
  /** Bits of the operand's own interval, and whether it is signed. */
  readonly width: number;
  readonly signed: boolean;
  /** The operand modulo 2^width, as `width` bits: extended by its sign, or cut. */
  at(width: number): E;
  /** Bits low .. low + width - 1 of the operand's two's complement, which has its sign in every higher bit. */
  bits(low: number, width: number): E;
}
