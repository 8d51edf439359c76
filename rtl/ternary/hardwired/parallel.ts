import { array, bit, component, delayed, int } from '../../../hdl-gen/lang/index.ts';
import { type HardwiredParameters, parallelSchedule } from './parameters.ts';
import { wireUp } from './wire-up.ts';

/**
 * A matrix in logic, word-parallel: y = W x for a new vector in each cycle, `latency` edges later. `valid` goes along
 * with the data; it is all that a reset clears.
 */
export const hardwiredParallel = component('hardwired_parallel', (parameters: HardwiredParameters) => ({
  inputs: { in: { valid: bit, x: array(parameters.graph.inputs, int(parameters.activationBits)) } },
  build({ in: { valid, x } }) {
    const schedule = parallelSchedule(parameters);
    const y = wireUp(parameters.graph, schedule, x, {
      add: (left, right, isDifference) => (isDifference ? left.sub(right) : left.add(right)),
      negate: value => value.negate(),
    });
    return { out: { valid: delayed(valid, schedule.stages, { reset: true }), y } };
  },
}));
