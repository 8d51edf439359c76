import { component, enabledBy, Interval, int, named } from '../../hdl-gen/lang/index.ts';
import { type AccumulatorOptions, accumulated } from './accumulator.ts';
import { adderTree } from './adder-tree.ts';
import { rowInputs } from './family.ts';
import { laneGate } from './lane-gate.ts';
import { countLatency, withNegations } from './negations.ts';
import { type DotProductParameters, initInterval, mostTerms } from './parameters.ts';
import { weightCode } from './weight-code.ts';

/**
 * What the accumulator can hold: `maxK` gated activations and an initial value. A gated activation has the
 * interval of an activation, because a negation is x -> -x - 1 here, unless its 1 is counted.
 */
export function accumulatorInterval(parameters: DotProductParameters): Interval {
  const init = initInterval(parameters);
  const { min, max } = termInterval(parameters);
  const terms = BigInt(mostTerms(parameters));
  return new Interval(min * terms + init.min, max * terms + init.max);
}

/** What a gated activation adds: with the 1 of a negation it has the interval of a product. */
export function termInterval({ activationBits, negations }: DotProductParameters): Interval {
  const { min, max } = int(activationBits);
  return negations === 'counted' ? new Interval(min, -min) : new Interval(min, max);
}

/** The accumulator of a dot product. */
export function dotProductAccumulator(parameters: DotProductParameters): AccumulatorOptions {
  const { lanes, activationBits, initBits, sums, accumulator } = parameters;
  const sumBits = activationBits + Math.ceil(Math.log2(lanes)) + countLatency(parameters);
  return { within: accumulatorInterval(parameters), sumBits, initBits, sums, accumulator };
}

/**
 * One row: y := (first ? 0 : y) + init + sum over lanes of weight * activation.
 *
 * It is only data path. Each input comes at its own time, that of the layout of `tree`, so no register does nothing
 * but wait. For stored weights `init` also carries the number of weights -1 in the row; otherwise they are counted here.
 */
export const dotProduct = component('ternary_dot_product', (parameters: DotProductParameters) => ({
  inputs: rowInputs(parameters, weightCode.width),
  build({ enable, x, w, init, valid, first }) {
    const total = enabledBy(enable, () => {
      const gates = x.map((lane, i) => laneGate(lane, w[i]!));
      const sum = adderTree(gates, { pipeline: parameters.pipeline, terms: 'gated' });
      const negative = w.map(code => code.bit(1));
      return parameters.negations === 'counted' ? withNegations(sum, negative, parameters) : sum;
    });
    const inputs = { enable, total: [total], init, valid, first };
    return named({ y: accumulated(inputs, dotProductAccumulator(parameters)) });
  },
}));
