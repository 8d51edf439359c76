import { array, bit, component, delayed, named, register, type Signal } from '../../../hdl-gen/lang/index.ts';
import { type HardwiredParameters, serialSchedule } from './parameters.ts';
import { wireUp } from './wire-up.ts';

/**
 * A matrix in logic, bit-serial: of each activation a bit comes in each cycle, the lowest first, and of each sum a bit
 * goes out, `latency` edges later. A vector takes `serialCycles` cycles: an activation repeats its highest bit, its sign,
 * until then.
 *
 * An adder is a full adder with a flip-flop for its carry: two logic cells, however wide its sum is. A difference adds
 * the inverted bits to a carry that begins with 1, which costs nothing. `last` is 1 with the last bit of a vector, and
 * in all cycles in which nothing comes: it sets the carries to what they begin with. It comes out with the last bits of
 * the sums.
 */
export const hardwiredSerial = component('hardwired_serial', (parameters: HardwiredParameters) => ({
  inputs: { in: { last: bit, x: array(parameters.graph.inputs, bit) } },
  build({ in: { last, x } }) {
    const schedule = serialSchedule(parameters);
    const { ends } = named({ ends: lastInStages(last, schedule.stages) });
    const y = wireUp(parameters.graph, schedule, x, {
      add: (left, right, isDifference, stage) =>
        fullAdder(left, isDifference ? right.not() : right, isDifference, ends[stage - 1]!),
      negate: (value, stage) => increment(value.not(), ends[stage - 1]!),
    });
    return { out: { last: ends[schedule.stages]!, y } };
  },
}));

/** `last` in each stage, and behind them all. */
function lastInStages(last: Signal, stages: number): Signal[] {
  const ends = [last];
  while (ends.length <= stages) ends.push(delayed(ends.at(-1)!, 1, { initial: 1 }));
  return ends;
}

/** A bit of a + b, or of a + b + 1 where `hasCarry`. */
function fullAdder(a: Signal, b: Signal, hasCarry: boolean, last: Signal): Signal {
  const { carry } = named({ carry: register(bit, { initial: hasCarry ? 1 : 0, reset: last }) });
  carry.next(a.and(b).or(carry.and(a.or(b))));
  return a.xor(b).xor(carry);
}

/** A bit of a + 1. */
function increment(a: Signal, last: Signal): Signal {
  const { carry } = named({ carry: register(bit, { initial: 1, reset: last }) });
  carry.next(a.and(carry));
  return a.xor(carry);
}
