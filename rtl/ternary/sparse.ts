import {
  accumulate,
  array,
  bit,
  component,
  enabledBy,
  Interval,
  int,
  mux,
  named,
  registered,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { adderTree, treeLatency } from './adder-tree.ts';
import { oddLanes } from './diagnostics.ts';
import { packRows } from './encodings/encodings.ts';
import { oneOfTwo } from './encodings/one-of-two.ts';

/*
 * The array for weights of which in each pair of columns at most one is not 0 (1:2 sparsity). Two lanes share a gate, so
 * the tree behind the gates is half as large.
 *
 * A gate is one cell for each bit. Its LUT has four inputs: the two activations, `second`, which chooses one of them, and
 * `neg`, which inverts it. A pair of zeros needs a fifth, and finds it at the flip-flop: `none` is its synchronous reset.
 * So the words of `1of2` are the controls as they are. As in the plain tree, -x is ~x + 1, and the missing ones are
 * counted in the initial value.
 */

/** The numbers that decide what a sparse array looks like. */
export interface SparseParameters {
  /** Weights that a row takes in one cycle, zeros included: an even number from 2. */
  readonly lanes: number;
  /** Rows that share the same activations, from 1. */
  readonly rows: number;
  /** Bits of an activation, which is a two's complement number. */
  readonly activationBits: number;
  /** Columns in one sum at most, zeros included. */
  readonly maxK: number;
  /** Bits of the initial value, a two's complement number; 0 where every sum starts from 0. */
  readonly initBits: number;
  /** Levels of adders from one register to the next. */
  readonly pipeline: number;
}

/** When the inputs of a sparse array are due, and its sums are there: in edges after the activations and words. */
export function sparseTiming(parameters: SparseParameters): {
  /** `init` and `valid`. */
  readonly init: number;
  readonly first: number;
  readonly result: number;
} {
  const init = 1 + treeLatency(pairsOf(parameters), parameters);
  return { init, first: init + 1, result: init + 2 };
}

/** Rows of weights as a sparse array takes them. */
export interface SparseRows {
  /** For each row and each of its beats the word of each pair of lanes. */
  readonly words: readonly (readonly (readonly number[])[])[];
  /** For each row what its initial value has to count: the number of weights -1. */
  readonly negations: readonly number[];
}

/**
 * Packs rows of weights for an array. The last beat is filled up with zeros.
 *
 * @throws Diagnostic TCT-7101 for a number that is no ternary weight, TCT-7102 for a pair in which both weights count,
 *   TCT-7103 for an odd number of lanes.
 */
export function encodeSparse(rows: readonly (readonly number[])[], parameters: SparseParameters): SparseRows {
  const pairs = pairsOf(parameters);
  const none = oneOfTwo.pack([0, 0]);
  return {
    words: packRows(rows, '1of2').map(words =>
      Array.from({ length: Math.ceil(words.length / pairs) }, (_, beat) =>
        Array.from({ length: pairs }, (_, pair) => words[beat * pairs + pair] ?? none),
      ),
    ),
    negations: rows.map(weights => weights.filter(weight => weight < 0).length),
  };
}

const row = component('sparse_dot_product', (parameters: SparseParameters) => ({
  inputs: {
    /** 1 in the cycles in which the pipeline moves on. */
    enable: bit,
    x: array(parameters.lanes, int(parameters.activationBits)),
    w: array(pairsOf(parameters), uint(oneOfTwo.wordBits)),
    init: initOf(parameters),
    /** 1 where the beat counts. */
    valid: bit,
    /** 1 where a new sum begins. */
    first: bit,
  },
  build({ enable, x, w, init, valid, first }) {
    return enabledBy(enable, () => {
      const { chosen } = named({
        chosen: w.map((word, pair) => registered(gate(x[2 * pair]!, x[2 * pair + 1]!, word))),
      });
      const sum = adderTree(chosen, parameters);
      const { addend } = named({ addend: registered(mux(valid, sum.add(init), 0)) });
      return named({ y: accumulate(addend, { restart: first, within: sumOf(parameters) }) });
    });
  },
}));

/**
 * `rows` rows of y := (first ? 0 : y) + init + sum over lanes of weight * activation, where `init` holds the row's number of
 * negations too. It is only data path, like the plain array: the inputs are due at the times of `sparseTiming`, `init`
 * must be 0 in every beat but the first one of a sum, and `first` 0 in a beat that is not valid.
 */
export const sparseArray = component('sparse_array', (parameters: SparseParameters) => ({
  inputs: {
    enable: bit,
    x: array(parameters.lanes, int(parameters.activationBits)),
    w: array(parameters.rows, array(pairsOf(parameters), uint(oneOfTwo.wordBits))),
    init: array(parameters.rows, initOf(parameters)),
    valid: bit,
    first: bit,
  },
  build({ w, init, ...shared }) {
    const y = w.map(
      (words, i) =>
        row({ ...parameters, rows: 1 })({ ...shared, w: words, init: init[i]! }, { name: `row_${i}` }).y,
    );
    return { y };
  },
}));

/** One of two activations or 0, as it is or inverted. The choice of 0 becomes the reset of the flip-flop behind it. */
function gate(a: Signal, b: Signal, word: Signal): Signal {
  const [none, isNegative, isSecond] = word.bits();
  return mux(none!, 0, mux(isSecond!, b, a).xor(isNegative!.mask()));
}

function pairsOf({ lanes }: SparseParameters): number {
  if (lanes < 2 || lanes % 2 !== 0) throw oddLanes(lanes);
  return lanes / 2;
}

function initOf({ initBits }: SparseParameters): Interval {
  return initBits === 0 ? Interval.of(0n) : int(initBits);
}

/** What a sum can be: an activation of each pair, or its inverse, and an initial value. */
function sumOf(parameters: SparseParameters): Interval {
  const { activationBits, maxK, lanes } = parameters;
  const { min, max } = int(activationBits);
  const init = initOf(parameters);
  const terms = BigInt(Math.ceil(Math.max(maxK, lanes) / 2));
  return new Interval(min * terms + init.min, max * terms + init.max);
}
