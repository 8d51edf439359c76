import { component, enabledBy, Interval, int, named } from '../../hdl-gen/lang/index.ts';
import { type AccumulatorOptions, accumulated } from './accumulator.ts';
import { adderTree } from './adder-tree.ts';
import { rowInputs } from './family.ts';
import { laneGate } from './lane-gate.ts';
import { type DotProductParameters, initInterval, mostTerms } from './parameters.ts';
import { weightCode } from './weight-code.ts';

/**
 * What the accumulator can hold: `maxK` gated activations and an initial value. A gated activation has the
 * interval of an activation, because a negation is x -> -x - 1 here.
 */
export function accumulatorInterval(parameters: DotProductParameters): Interval {
  const { min, max } = int(parameters.activationBits);
  const init = initInterval(parameters);
  const terms = BigInt(mostTerms(parameters));
  return new Interval(min * terms + init.min, max * terms + init.max);
}

/** The accumulator of a dot product. */
export function dotProductAccumulator(parameters: DotProductParameters): AccumulatorOptions {
  const { lanes, activationBits, initBits, sums } = parameters;
  const sumBits = activationBits + Math.ceil(Math.log2(lanes));
  return { within: accumulatorInterval(parameters), sumBits, initBits, sums };
}

/**
 * One row: y := (first ? 0 : y) + init + sum over lanes of weight * activation.
 *
 * It is only data path. Each input comes at its own time, that of the layout of `tree`, so no register does nothing
 * but wait. The weights are stored ones: `init` also carries the number of weights -1 in the row (`negations`).
 */
export const dotProduct = component('ternary_dot_product', (parameters: DotProductParameters) => ({
  inputs: rowInputs(parameters, weightCode.width),
  build({ enable, x, w, init, valid, first }) {
    return enabledBy(enable, () => {
      const gates = x.map((lane, i) => laneGate(lane, w[i]!));
      const total = adderTree(gates, { ...parameters, terms: 'gated' });
      return named({ y: accumulated({ total, init, valid, first }, dotProductAccumulator(parameters)) });
    });
  },
}));
