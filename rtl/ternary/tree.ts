import { levelCells } from './adder-tree.ts';
import { arrayOfRows } from './array.ts';
import { accumulatorInterval, dotProduct, dotProductTiming } from './dot-product.ts';
import type { ArrayLayout, Family } from './family.ts';
import type { ArrayParameters } from './parameters.ts';
import { encodeTrit, negations } from './weight-code.ts';

/** The plain tree: a gate for every lane, then adders in pairs. Everything of a beat enters at the same time. */
export const tree: Family = {
  summary: 'a gate for every lane, and a plain tree of adders',
  weights: 'ternary',
  codes: '0: 0, 1: +1, 3: -1',
  layout,
  encode(weights) {
    const codes = weights.map(encodeTrit);
    return { codes, constant: negations(codes) };
  },
  array: arrayOfRows('ternary_array', layout, dotProduct),
  cells(parameters) {
    const { lanes, activationBits, initBits } = parameters;
    const width = activationBits + Math.ceil(Math.log2(lanes));
    const init = initBits === 0 ? 0 : Math.max(initBits, width) + 1;
    return lanes * activationBits + levelCells(parameters) + init + accumulatorInterval(parameters).width;
  },
};

function layout(parameters: ArrayParameters): ArrayLayout {
  const { lanes, initBits } = parameters;
  const { init, first, result } = dotProductTiming(parameters);
  return {
    codeBits: 2,
    x: Array<number>(lanes).fill(0),
    w: Array.from({ length: lanes }, () => [0, 0]),
    init: Array<number>(initBits).fill(init),
    valid: init,
    first,
    result,
    sum: accumulatorInterval(parameters),
  };
}
