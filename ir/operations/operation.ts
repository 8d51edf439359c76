import type { Interval } from '../interval.ts';
import type { Machine } from './machine.ts';
import type { Operand, VerilogForms } from './verilog-forms.ts';

/**
 * One row of the table of operations: all that the project knows about one primitive.
 *
 * An operation is a pure function of integers. It may depend on its parameters, never on the intervals of its
 * operands: where a width matters (the complement of an unsigned number), the width is a parameter.
 */
export interface Operation<P = unknown> {
  /** What a reader needs to know, with the formula. */
  readonly summary: string;

  /** The interval of the result for operands of these intervals. It must hold every possible result. */
  interval(operands: readonly Interval[], parameters: P): Interval;

  /** The meaning: the result for these operand values. This is the oracle, so it is written to be obvious. */
  evaluate(operands: readonly bigint[], parameters: P): bigint;

  /**
   * The fast code, on a machine whose words hold every operand and the result without loss (a comparison's
   * result is the machine's small word).
   */
  compile<W>(machine: Machine<W>, operands: readonly W[], parameters: P): W;
}

/** A row that the language has too: the emitter writes it, so it knows its Verilog. */
export interface Primitive<P = unknown> extends Operation<P> {
  /**
   * Up to which width the low bits of the result depend on the equally low bits of the operands alone: Infinity
   * for a sum, 0 for a comparison. Up to this width the operation can be written at the width of the expression
   * around it, so that it needs no wire of its own.
   */
  modularUpTo(parameters: P): number;

  /**
   * The Verilog expression of exactly `width` bits: a width that `modularUpTo` allows, or that of the result's
   * interval.
   */
  verilog<E>(forms: VerilogForms<E>, operands: readonly Operand<E>[], parameters: P, width: number): E;
}

/** `modularUpTo` of an operation that can be written at every width. */
export const always = (): number => Number.POSITIVE_INFINITY;

/** `modularUpTo` of an operation that has one width only. */
export const never = (): number => 0;
