import { type AccumulatorOptions, accumulatorTiming } from './accumulator.ts';
import { treeLatency } from './adder-tree.ts';
import type { ArrayLayout } from './family.ts';
import { countLatency } from './negations.ts';
import type { ArrayParameters } from './parameters.ts';

/** The layout of a plain tree behind gates: activations and codes come all together. */
export function treeLayout(
  { lanes, pipeline, negations }: ArrayParameters,
  { codeBits, codes, terms }: { readonly codeBits: number; readonly codes: number; readonly terms: number },
  accumulator: AccumulatorOptions,
): ArrayLayout {
  const { addend, init, first, result } = accumulatorTiming(accumulator);
  // Without an initial value the register behind the tree is that of the addend.
  const valid = treeLatency(terms, { pipeline }) + countLatency({ negations }) - 1 + addend;
  return {
    codeBits,
    x: Array<number>(lanes).fill(0),
    w: Array.from({ length: codes }, () => Array<number>(codeBits).fill(0)),
    init: init.map(delay => valid + delay),
    valid,
    first: valid + first,
    result: result.map(delay => valid + delay),
    sum: accumulator.within,
  };
}
