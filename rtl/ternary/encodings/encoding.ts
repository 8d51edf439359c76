import type { Signal } from '../../../hdl-gen/lang/index.ts';

/**
 * A way to keep weights in few bits: words of some bits that hold some weights each, -1, 0 or 1. The first weight of a
 * word is the one of the lowest lane.
 */
export interface Encoding {
  /** Bits of a word, 1 to 8. */
  readonly wordBits: number;
  /** Weights in a word. */
  readonly wordWeights: number;
  /** The place of the first of the weights of a word that it cannot hold; -1 where it holds them all. */
  firstWrong(weights: readonly number[]): number;
  /** The word for weights that it can hold. */
  pack(weights: readonly number[]): number;
  /** The weights of a word. Every word has some, also where `pack` never makes it. */
  unpack(word: number): number[];
  /** The circuit that takes a word apart: the code of each weight as lane gates take it (weight-code.ts). */
  decode(word: Signal): Signal[];
}

/** The place of the first number that is no ternary weight, or -1. */
export function firstNotTernary(weights: readonly number[]): number {
  return weights.findIndex(weight => weight !== 0 && weight !== 1 && weight !== -1);
}
