import { array, bit, component, int } from '../../hdl-gen/lang/index.ts';
import { type DotProductParameters, dotProduct, initInterval } from './dot-product.ts';
import { weightCode } from './weight-code.ts';

/** The numbers that decide what an array looks like. */
export interface ArrayParameters extends DotProductParameters {
  /** Dot products that share the same activations, from 1. */
  readonly rows: number;
}

/**
 * The array: `rows` dot products side by side on the same activations, `rows` x `lanes` ternary MACs in a cycle.
 * It is only data path; the inputs are due at the times of `dotProductTiming`.
 */
export const ternaryArray = component('ternary_array', ({ rows, ...row }: ArrayParameters) => ({
  inputs: {
    enable: bit,
    x: array(row.lanes, int(row.activationBits)),
    w: array(rows, array(row.lanes, weightCode)),
    init: array(rows, initInterval(row)),
    valid: bit,
    first: bit,
  },
  build({ enable, x, w, init, valid, first }) {
    const y = w.map((weights, i) => {
      const inputs = { enable, x, w: weights, init: init[i]!, valid, first };
      return dotProduct(row)(inputs, { name: `row_${i}` }).y;
    });
    return { y };
  },
}));
