/** What the host does of a plan: the integers that go into the products, and the floats that come of their sums. */
import {
  type FloatMatrix,
  inputsDiffer,
  type QuantisedActivations,
  quantiseActivations,
  scaleColumns,
} from '../schemes/index.ts';
import { blocksOf, type IntegerProduct, type LinearPlan } from './linear-plan.ts';

/** Vectors of integers; element (n, k) is `data[n * columns + k]`. */
export interface IntegerVectors {
  readonly rows: number;
  readonly columns: number;
  readonly data: Int32Array;
}

/**
 * The integers of some vectors [N,K], with `bits` signed bits.
 * @throws Diagnostic TCT-5401, TCT-5402, TCT-5404
 */
export function quantiseInputs(plan: LinearPlan, inputs: FloatMatrix, bits = 8): QuantisedActivations {
  if (inputs.columns !== plan.columns) throw inputsDiffer(inputs.columns, plan.columns);
  const scaled = plan.inputVector === undefined ? inputs : scaleColumns(inputs, plan.inputVector);
  return quantiseActivations(scaled, plan.rule, bits);
}

/** What a product is multiplied with: the inputs that its columns take. */
export function operandsOf({ inputs }: IntegerProduct, vectors: IntegerVectors): IntegerVectors {
  if (inputs === undefined) return vectors;
  const { rows, columns, data } = vectors;
  const taken = new Int32Array(rows * inputs.length);
  for (let n = 0; n < rows; n++)
    for (const [i, input] of inputs.entries())
      if (input >= 0) taken[n * inputs.length + i] = data[n * columns + input]!;
  return { rows, columns: inputs.length, data: taken };
}

/**
 * The outputs [N,M] of a layer.
 * @param sums of each product [N,blocks,R], exact integers
 * @param quantised what `quantiseInputs` gave
 */
export function combine(
  plan: LinearPlan,
  sums: readonly ArrayLike<number>[],
  { rows: vectors, scales }: Pick<QuantisedActivations, 'rows' | 'scales'>,
): FloatMatrix {
  const { rows, terms, products, isNormalised, bias } = plan;
  const data = new Float32Array(vectors * rows);
  const outputs = new Float64Array(rows);
  for (let n = 0; n < vectors; n++) {
    outputs.fill(0);
    for (const { product, firstRow, isShared, scales: factors } of terms) {
      const { planes } = products[product]!;
      const blocks = blocksOf(products[product]!);
      for (let b = 0; b < blocks; b++) {
        const begin = (n * blocks + b) * planes.rows + firstRow;
        for (let m = 0; m < rows; m++)
          outputs[m]! += factors[b * rows + m]! * sums[product]![begin + (isShared ? 0 : m)]!;
      }
    }
    for (let m = 0; m < rows; m++) outputs[m]! /= scales[n]!;
    if (isNormalised) normalise(outputs);
    for (let m = 0; m < rows; m++) data[n * rows + m] = outputs[m]! + (bias?.[m] ?? 0);
  }
  return { rows: vectors, columns: rows, data };
}

/** LayerNorm without weights, as PyTorch has it. */
function normalise(outputs: Float64Array): void {
  const mean = outputs.reduce((sum, each) => sum + each, 0) / outputs.length;
  const variance = outputs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / outputs.length;
  for (let m = 0; m < outputs.length; m++) outputs[m] = (outputs[m]! - mean) / Math.sqrt(variance + 1e-5);
}
