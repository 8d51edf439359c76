import type { Signal } from '../../../hdl-gen/lang/index.ts';
import type { Family } from '../family.ts';
import type { AdderControls } from '../pieces.ts';
import type { Sum } from './sum.ts';

/** The beat before: all of its codes, and the polarity in which a sum came. */
export interface Before {
  readonly codes: readonly number[];
  readonly polarity: number;
}

/** What is different in each family of folded sums. */
export interface Folding {
  /** Begins the names of its Verilog modules. */
  readonly name: string;
  readonly summary: string;
  readonly weights: 'ternary' | 'binary';
  readonly encodings: Family['encodings'];
  readonly codes: string;
  /** Bits of the code of a lane. */
  readonly codeBits: 1 | 2;
  /** Whether a sum is still flexible after a bare lane was added. */
  readonly addedIsFlexible: boolean;

  /** A lane behind its gate. */
  gate(x: Signal, code: Signal): Signal;
  /** What the adder of a sum and a bare lane does. */
  adding(code: Signal): AdderControls;
  /** What the adder of two sums does; `code` is that of the bare lane in the first one, if it is one. */
  joining(code: Signal | undefined): AdderControls;

  /**
   * Writes the codes with which a sum comes in a polarity: 0 as it is, 1 inverted. What weights 0 leave free is chosen so that
   * little changes behind `before`.
   */
  encode(
    sum: Sum,
    polarity: number,
    weights: readonly number[],
    codes: number[],
    before: Before | undefined,
  ): void;
  /** What a sum comes to when all activations are 0. */
  answerToZeros(sum: Sum, codes: readonly number[]): number;
}
