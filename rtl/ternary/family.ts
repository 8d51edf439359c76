import {
  type ArrayShape,
  array,
  bit,
  type Circuit,
  Interval,
  int,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import {
  type ArrayParameters,
  type DotProductParameters,
  firstInterval,
  initInterval,
  type StreamEncoding,
} from './parameters.ts';
import type { RowPath } from './row-path.ts';

/*
 * What a family of arrays is: a circuit, a pure `encode`, and the layout that says when each bit is due. Everything
 * that feeds, tests, measures or builds an array knows families through this contract alone.
 *
 * A lane, or a pair of lanes, has a code of a few bits for its weight. What they mean is the family's own business: they
 * may mean another thing in each lane, and the code of a lane may depend on the weights of others. The array's sum lacks a
 * constant that depends on the weights alone; `encode` tells it, and it travels in the initial value, with the bias.
 */

/** A family of arrays. */
export interface Family {
  /** How a row adds up its products, in a few words for the help. */
  readonly summary: string;
  /** What a weight can be: -1, 0 and +1; -1 and +1 only; or -1, 0 and +1 with a 0 in each pair. */
  readonly weights: 'ternary' | 'binary' | 'sparse';
  /** The encodings that its weights can come in through a stream; the first one is that of its codes. */
  readonly encodings: readonly [StreamEncoding, ...StreamEncoding[]];
  /** Whether its arrays can count the weights -1, instead of taking their number with the initial value. */
  readonly countsNegations: boolean;
  /** Whether its sums can be cut into pieces. */
  readonly cutsSums: boolean;
  /** What a code means, in a few words for the files of test vectors. */
  readonly codes: string;
  /** How wide everything is, and when it is due. */
  readonly layout: (parameters: ArrayParameters) => ArrayLayout;
  /**
   * The codes for the weights of one row in one beat. Without a weight 0 or -1 the constant is 0. Where there are fewer weights
   * than lanes, the others have activations of 0, and codes that add nothing: a sum has room for no more products than it is made for.
   *
   * A weight 0 leaves bits of the codes free. They are what lets least change if the beat comes behind one with the codes `before`;
   * without it a weight 0 has the code of a trit.
   */
  readonly encode: (
    weights: readonly number[],
    parameters: ArrayParameters,
    before?: readonly number[],
  ) => EncodedBeat;
  /** The circuit: y := (first ? 0 : y) + init + sum over lanes of weight * activation - constant, in each row. */
  readonly array: (parameters: ArrayParameters) => ArrayCircuit;
  /** Logic cells of one row, told before anything is synthesised, within a few per cent. */
  readonly cells: (parameters: DotProductParameters) => number;
  /** The kinds of paths of one row, of which the slowest decides its clock. */
  readonly paths: (parameters: DotProductParameters) => readonly RowPath[];
}

/** The codes of one row in one beat. */
export interface EncodedBeat {
  /** One for each of `w` in the layout. */
  readonly codes: readonly number[];
  /** What the initial value has to add for this beat: minus the array's answer to activations that are all 0. */
  readonly constant: number;
}

/**
 * When each input is due, in edges after the earliest one of the same beat, and when the result is there. Whoever
 * feeds the array gives this skew: a memory by the layout of its words, which costs nothing; a plain stream by
 * registers (`ternaryStream`).
 */
export interface ArrayLayout {
  /** Bits of a code; 0 where the weights are no input. */
  readonly codeBits: number;
  /** When the activation of each lane is due. */
  readonly x: readonly number[];
  /** When each bit of each code of a row is due, the lowest bit first: a code for each lane, or for each pair of them. */
  readonly w: readonly (readonly number[])[];
  /** When each bit of the initial value is due, the lowest first. It must be 0 in all beats but the valid first of a sum. */
  readonly init: readonly number[];
  /** When `valid` is due: 1 where the beat counts. */
  readonly valid: number;
  /** When `first` is due: 1 where a new sum begins; 0 in a beat that is not valid. */
  readonly first: number;
  /**
   * When each bit of the sum that ends with this beat is at the output, the lowest first. A memory takes the low bits at one
   * edge and the high ones at a later one, for nothing; who wants them together lets the low ones wait.
   */
  readonly result: readonly number[];
  /** What the sum can be. */
  readonly sum: Interval;
}

/** What a beat carries: the activations, and for each row its codes and the initial value. */
export type BeatShape = {
  readonly x: ArrayShape<Interval>;
  readonly w: ArrayShape<ArrayShape<Interval>>;
  readonly init: ArrayShape<Interval>;
};

/** The inputs of an array. What can take one value only has no port. `enable` is 1 where the pipeline moves on. */
export type ArrayInputs = BeatShape & {
  readonly enable: Interval;
  readonly valid: Interval;
  readonly first: Interval;
};

/** An array as a circuit: a sum for each row. */
export type ArrayCircuit = Circuit<ArrayInputs, { readonly y: readonly Signal[] }>;

/** The inputs of one row. */
export type RowInputs = {
  readonly enable: Interval;
  readonly x: ArrayShape<Interval>;
  readonly w: ArrayShape<Interval>;
  readonly init: Interval;
  readonly valid: Interval;
  readonly first: Interval;
};

/** One row as a circuit. */
export type RowCircuit = Circuit<RowInputs, { readonly y: Signal }>;

/** When the last bit of a sum is there. */
export function wholeResult({ result }: ArrayLayout): number {
  return Math.max(...result);
}

/** The weight that fills up what a product leaves free; its activations are 0. */
export function paddingWeight({ weights }: Family): 0 | 1 {
  return weights === 'binary' ? 1 : 0;
}

/** What a beat carries in a layout. */
export function beatShape(
  { lanes, rows, activationBits, ...row }: ArrayParameters,
  { codeBits, w }: ArrayLayout,
): BeatShape {
  return {
    x: array(lanes, int(activationBits)),
    w: array(rows, array(w.length, codeInterval(codeBits))),
    init: array(rows, initInterval({ lanes, activationBits, ...row })),
  };
}

/** The inputs of an array in a layout. */
export function arrayInputs(parameters: ArrayParameters, layout: ArrayLayout): ArrayInputs {
  const { x, w, init } = beatShape(parameters, layout);
  return { enable: bit, x, w, init, valid: bit, first: firstInterval(parameters) };
}

/** The inputs of one row with some codes of `codeBits` bits, as many as lanes if nothing else is said. */
export function rowInputs(
  parameters: DotProductParameters,
  codeBits: number,
  codes: number = parameters.lanes,
): RowInputs {
  const { lanes, activationBits } = parameters;
  return {
    enable: bit,
    x: array(lanes, int(activationBits)),
    w: array(codes, codeInterval(codeBits)),
    init: initInterval(parameters),
    valid: bit,
    first: firstInterval(parameters),
  };
}

function codeInterval(bits: number): Interval {
  return bits === 0 ? Interval.of(0n) : uint(bits);
}
