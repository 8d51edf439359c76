/** Layers of floats, which quantised ones are held against. */
import { billmValues, type FloatMatrix, inputsDiffer } from '../schemes/index.ts';
import type { SchemeWeights } from './layer.ts';
import type { FloatLayer } from './read-layers.ts';

/**
 * The outputs [N,M] of a float layer, with sums in float64.
 * @throws Diagnostic TCT-5404
 */
export function runFloats({ weights, bias }: Omit<FloatLayer, 'name'>, inputs: FloatMatrix): FloatMatrix {
  const { rows, columns } = weights;
  if (inputs.columns !== columns) throw inputsDiffer(inputs.columns, columns);
  const data = new Float32Array(inputs.rows * rows);
  for (let n = 0; n < inputs.rows; n++)
    for (let m = 0; m < rows; m++) {
      let sum = bias?.[m] ?? 0;
      for (let k = 0; k < columns; k++) sum += weights.data[m * columns + k]! * inputs.data[n * columns + k]!;
      data[n * rows + m] = sum;
    }
  return { rows: inputs.rows, columns: rows, data };
}

/** Negative numbers become 0: what stands between the layers of a perceptron. */
export function relu({ rows, columns, data }: FloatMatrix): FloatMatrix {
  return { rows, columns, data: data.map(value => Math.max(0, value)) };
}

/** The matrix that a scheme stands for, input vector included. */
export function valuesOf({ scheme, weights }: SchemeWeights): Float64Array {
  if (scheme === 'billm') return billmValues(weights);
  const { columns, signs } = weights;
  if (scheme === 'onebit') {
    const { inputVector, outputVector } = weights;
    return Float64Array.from(
      signs,
      (sign, i) => sign * outputVector[Math.floor(i / columns)]! * inputVector[i % columns]!,
    );
  }
  return Float64Array.from(signs, sign => sign * weights.scale);
}

/** |found - expected| / |expected| over all numbers; 0 where both are 0. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let away = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    away += (found[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  return away === 0 ? 0 : Math.sqrt(away / norm);
}
