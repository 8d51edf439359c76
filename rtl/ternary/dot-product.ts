import {
  accumulate,
  component,
  enabledBy,
  Interval,
  int,
  mux,
  named,
  registered,
} from '../../hdl-gen/lang/index.ts';
import { adderTree, treeLatency } from './adder-tree.ts';
import { rowInputs } from './family.ts';
import { laneGate } from './lane-gate.ts';
import { type DotProductParameters, initInterval, mostTerms } from './parameters.ts';
import { weightCode } from './weight-code.ts';

/** When each input is due, in edges after the activations and weights of the same beat. */
export interface DotProductTiming {
  /** `init` and `valid`. */
  readonly init: number;
  /** `first`. */
  readonly first: number;
  /** When the sum that ends with this beat is at the output. */
  readonly result: number;
}

/** When the inputs of a dot product are due, and when its output is there. */
export function dotProductTiming(parameters: DotProductParameters): DotProductTiming {
  // Gates and tree, then the stage that adds the initial value, then the accumulator.
  const init = 1 + treeLatency(parameters.lanes, parameters);
  return { init, first: init + 1, result: init + 2 };
}

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

/**
 * One row: y := (first ? 0 : y) + init + sum over lanes of weight * activation.
 *
 * It is only data path. Each input comes at its own time (`dotProductTiming`), so no register does nothing but wait.
 * `init` must be 0 in every beat but the first one of a sum, and `first` 0 in a beat that is not valid. The weights
 * are stored ones: `init` also carries the number of weights -1 in the row (`negations`).
 */
export const dotProduct = component('ternary_dot_product', (parameters: DotProductParameters) => ({
  inputs: rowInputs(parameters, weightCode.width),
  build({ enable, x, w, init, valid, first }) {
    return enabledBy(enable, () => {
      const { gated } = named({ gated: x.map((lane, i) => registered(laneGate(lane, w[i]!))) });
      const sum = adderTree(gated, parameters);
      // The accumulator's cell has no input left for a third operand, so the initial value has an adder of its own.
      // A beat that does not count is cleared here, where the flip-flop's own reset does it at no cost: then the
      // accumulator needs no enable of its own, and its cells can lie where its carry chain is shortest.
      const { addend } = named({ addend: registered(mux(valid, sum.add(init), 0)) });
      return named({ y: accumulate(addend, { restart: first, within: accumulatorInterval(parameters) }) });
    });
  },
}));
