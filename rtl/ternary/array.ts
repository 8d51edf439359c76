import { component } from '../../hdl-gen/lang/index.ts';
import { type ArrayCircuit, type ArrayLayout, arrayInputs, type RowCircuit } from './family.ts';
import type { ArrayParameters, DotProductParameters } from './parameters.ts';

/**
 * An array of rows that are alike and share nothing but the activations: `rows` x `lanes` MACs in a cycle. It is only
 * data path; the inputs are due at the times of the layout.
 */
export function arrayOfRows(
  name: string,
  layout: (parameters: ArrayParameters) => ArrayLayout,
  row: (parameters: DotProductParameters) => RowCircuit,
): (parameters: ArrayParameters) => ArrayCircuit {
  return component(name, (parameters: ArrayParameters) => ({
    inputs: arrayInputs(parameters, layout(parameters)),
    build({ enable, x, w, init, valid, first }) {
      const { rows: _, arch: __, ...rowParameters } = parameters;
      const y = w.map((weights, i) => {
        const inputs = { enable, x, w: weights, init: init[i]!, valid, first };
        return row(rowParameters)(inputs, { name: `row_${i}` }).y;
      });
      return { y };
    },
  }));
}
