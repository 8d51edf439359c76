import { accumulatorCells, accumulatorPaths } from './accumulator.ts';
import { arrayOfRows } from './array.ts';
import { dotProduct, dotProductAccumulator } from './dot-product.ts';
import type { ArrayLayout, Family } from './family.ts';
import { countCells } from './negations.ts';
import type { ArrayParameters, DotProductParameters } from './parameters.ts';
import { gatePath } from './row-path.ts';
import { type TreeSize, treeCells, treePaths } from './tree-cost.ts';
import { treeLayout } from './tree-layout.ts';
import { encodeTrit, negations, zeroBehind } from './weight-code.ts';

/** The plain tree: a gate for every lane, then adders in pairs. Everything of a beat enters at the same time. */
export const tree: Family = {
  summary: 'a gate for every lane, and a plain tree of adders',
  weights: 'ternary',
  encodings: ['2bit', '5in8'],
  countsNegations: true,
  cutsSums: false,
  codes: '0 and 2: 0, 1: +1, 3: -1',
  layout,
  encode(weights, parameters, before) {
    const codes = Array.from({ length: parameters.lanes }, (_, lane) => {
      const weight = weights[lane];
      if (weight === undefined) return 0;
      return weight === 0 ? zeroBehind(before?.[lane]) : encodeTrit(weight);
    });
    return { codes, constant: parameters.negations === 'counted' ? 0 : negations(codes) };
  },
  array: arrayOfRows('ternary_array', layout, dotProduct),
  cells(parameters) {
    const { lanes, activationBits } = parameters;
    const accumulator = dotProductAccumulator(parameters);
    const count = parameters.negations === 'counted' ? countCells(lanes, accumulator.sumBits, parameters) : 0;
    return lanes * activationBits + treeCells(sizeOf(parameters)) + count + accumulatorCells(accumulator);
  },
  paths(parameters) {
    const accumulator = accumulatorPaths(dotProductAccumulator(parameters));
    return [gatePath, ...treePaths(sizeOf(parameters)), ...accumulator];
  },
};

function sizeOf({ lanes, activationBits, pipeline }: DotProductParameters): TreeSize {
  return { terms: lanes, bits: activationBits, pipeline };
}

function layout(parameters: ArrayParameters): ArrayLayout {
  const { lanes } = parameters;
  const sizes = { codeBits: 2, codes: lanes, terms: lanes };
  return treeLayout(parameters, sizes, dotProductAccumulator(parameters));
}
