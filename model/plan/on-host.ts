/** A plan without a core: the same sums by plain loops, for calibration and for many vectors. */
import type { FloatMatrix } from '../schemes/index.ts';
import { combine, type IntegerVectors, operandsOf, quantiseInputs } from './host-part.ts';
import { blocksOf, type IntegerProduct, type LinearPlan } from './linear-plan.ts';

/** The sums [N,blocks,R] of a product. */
export function sumsOf(product: IntegerProduct, vectors: IntegerVectors): Int32Array {
  const { planes, columnsPerBlock } = product;
  const operands = operandsOf(product, vectors);
  const blocks = blocksOf(product);
  const sums = new Int32Array(operands.rows * blocks * planes.rows);
  for (let n = 0; n < operands.rows; n++)
    for (let r = 0; r < planes.rows; r++)
      for (let b = 0; b < blocks; b++) {
        const end = Math.min(planes.columns, (b + 1) * columnsPerBlock);
        let sum = 0;
        for (let k = b * columnsPerBlock; k < end; k++)
          sum += planes.data[r * planes.columns + k]! * operands.data[n * planes.columns + k]!;
        sums[(n * blocks + b) * planes.rows + r] = sum;
      }
  return sums;
}

/**
 * The outputs [N,M] of a layer for inputs [N,K], with activations of `bits` bits.
 * @throws Diagnostic TCT-5401, TCT-5402, TCT-5404
 */
export function runOnHost(plan: LinearPlan, inputs: FloatMatrix, bits = 8): FloatMatrix {
  const quantised = quantiseInputs(plan, inputs, bits);
  const sums = plan.products.map(product => sumsOf(product, quantised));
  return combine(plan, sums, quantised);
}
