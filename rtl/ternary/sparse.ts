import { component, enabledBy, Interval, mux, named, type Signal } from '../../hdl-gen/lang/index.ts';
import { type AccumulatorOptions, accumulated, accumulatorCells, accumulatorPaths } from './accumulator.ts';
import { adderTree } from './adder-tree.ts';
import { arrayOfRows } from './array.ts';
import { oddLanes, twoInAPair } from './diagnostics.ts';
import { termInterval } from './dot-product.ts';
import { oneOfTwo } from './encodings/one-of-two.ts';
import { type ArrayLayout, type Family, rowInputs } from './family.ts';
import { countCells, countLatency, withNegations } from './negations.ts';
import { type ArrayParameters, type DotProductParameters, initInterval, mostTerms } from './parameters.ts';
import { gatePath } from './row-path.ts';
import { type TreeSize, treeCells, treePaths } from './tree-cost.ts';
import { treeLayout } from './tree-layout.ts';

/*
 * The array for weights of which in each pair of columns at most one is not 0 (1:2 sparsity). Two lanes share a gate, so
 * the tree behind the gates is half as large.
 *
 * A gate is one cell for each bit. Its LUT has four inputs: the two activations, `second`, which chooses one of them, and
 * `neg`, which inverts it. A pair of zeros needs a fifth, and finds it at the flip-flop: `none` is its synchronous reset.
 * So the words of `1of2` are the controls as they are. As in the plain tree, -x is ~x + 1, and the missing ones are
 * counted in the initial value.
 */

/** The family for weights with a 0 in each pair. */
export const sparse: Family = {
  summary: 'a gate for each pair of lanes, of which at most one weight counts: half a tree',
  weights: 'sparse',
  encodings: ['1of2'],
  countsNegations: true,
  cutsSums: false,
  codes: 'for each pair of lanes bit 0: both are 0, bit 1: it is -1, bit 2: it is the second one that counts',
  layout,
  encode(weights, parameters, before) {
    const codes = Array.from({ length: pairsOf(parameters) }, (_, pair) => {
      const [first = 0, second = 0] = weights.slice(2 * pair, 2 * pair + 2);
      const code = oneOfTwo.pack([first, second]);
      // A pair of zeros may come with any of the other bits.
      return code === 1 ? 1 | (before?.[pair] ?? 0) : code;
    });
    const negative = weights.filter(weight => weight < 0).length;
    return { codes, constant: parameters.negations === 'counted' ? 0 : negative };
  },
  array: parameters => {
    if (parameters.lanes % 2 !== 0) throw oddLanes(parameters.lanes);
    return array(parameters);
  },
  cells(parameters) {
    const pairs = pairsOf(parameters);
    const accumulator = accumulatorOptions(parameters);
    const count = parameters.negations === 'counted' ? countCells(pairs, accumulator.sumBits, parameters) : 0;
    const tree = treeCells(sizeOf(parameters));
    return pairs * parameters.activationBits + tree + count + accumulatorCells(accumulator);
  },
  paths(parameters) {
    const accumulator = accumulatorPaths(accumulatorOptions(parameters));
    return [gatePath, ...treePaths(sizeOf(parameters)), ...accumulator];
  },
};

/** @throws Diagnostic TCT-7502 for the first pair of which both weights are not 0. */
export function requirePairs(weights: readonly number[], row: number): void {
  const column = brokenPair(weights);
  if (column !== -1) throw twoInAPair(row, column);
}

/** The column of the second weight of the first pair of which both are not 0, or -1. */
export function brokenPair(weights: ArrayLike<number>): number {
  for (let column = 1; column < weights.length; column += 2)
    if (weights[column - 1] !== 0 && weights[column] !== 0) return column;
  return -1;
}

/** The weights with one of each pair made 0 where both are not: the second one, the first one, and so on in turn. */
export function withoutBrokenPairs(weights: readonly number[]): number[] {
  const kept = [...weights];
  let turn = 0;
  for (let column = 1; column < kept.length; column += 2)
    if (kept[column - 1] !== 0 && kept[column] !== 0) kept[column - (turn++ % 2)] = 0;
  return kept;
}

const row = component('sparse_dot_product', (parameters: DotProductParameters) => ({
  inputs: rowInputs(parameters, oneOfTwo.wordBits, pairsOf(parameters)),
  build({ enable, x, w, init, valid, first }) {
    const total = enabledBy(enable, () => {
      const gates = w.map((word, pair) => gate(x[2 * pair]!, x[2 * pair + 1]!, word));
      const sum = adderTree(gates, { pipeline: parameters.pipeline, terms: 'chosen' });
      // A pair of zeros may come with any of the other bits.
      const negative = w.map(word => word.bit(1).and(word.bit(0).not()));
      return parameters.negations === 'counted' ? withNegations(sum, negative, parameters) : sum;
    });
    const inputs = { enable, total: [total], init, valid, first };
    return named({ y: accumulated(inputs, accumulatorOptions(parameters)) });
  },
}));

const array = arrayOfRows('sparse_array', layout, row);

function layout(parameters: ArrayParameters): ArrayLayout {
  const pairs = pairsOf(parameters);
  const sizes = { codeBits: oneOfTwo.wordBits, codes: pairs, terms: pairs };
  return treeLayout(parameters, sizes, accumulatorOptions(parameters));
}

/** One of two activations or 0, as it is or inverted. The choice of 0 becomes the reset of the flip-flop behind it. */
function gate(a: Signal, b: Signal, word: Signal): Signal {
  const [none, isNegative, isSecond] = word.bits();
  return mux(none!, 0, mux(isSecond!, b, a).xor(isNegative!.mask()));
}

function sizeOf(parameters: DotProductParameters): TreeSize {
  return { terms: pairsOf(parameters), bits: parameters.activationBits, pipeline: parameters.pipeline };
}

/** An odd number of lanes has no array; its figures are those of one lane more. */
function pairsOf({ lanes }: DotProductParameters): number {
  return Math.ceil(lanes / 2);
}

/** A sum is made of an activation of each pair, or its inverse, and an initial value. */
function accumulatorOptions(parameters: DotProductParameters): AccumulatorOptions {
  const { activationBits, initBits, sums, accumulator } = parameters;
  const { min, max } = termInterval(parameters);
  const init = initInterval(parameters);
  const terms = BigInt(Math.ceil(mostTerms(parameters) / 2));
  return {
    within: new Interval(min * terms + init.min, max * terms + init.max),
    sumBits: activationBits + Math.ceil(Math.log2(pairsOf(parameters))) + countLatency(parameters),
    initBits,
    sums,
    accumulator,
  };
}
