import {
  array,
  bit,
  component,
  delayed,
  enabledBy,
  int,
  mux,
  named,
  register,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { type ArrayParameters, ternaryArray } from './array.ts';
import { dotProductTiming, initInterval } from './dot-product.ts';
import { weightCode } from './weight-code.ts';

/**
 * The array between two valid/ready streams: the default core of `hdl-gen`.
 *
 * In: beats of `x` (lanes activations), `w` (rows x lanes weight codes) and `init` (the initial value of each row,
 * used in the beat with `first`); `first` and `last` mark the beats of one sum. Out: one `y` (a sum for each row)
 * for each beat with `last`, `streamLatency` edges later. A beat moves where valid and ready are both 1; the whole
 * pipeline stands still while a result waits.
 */
export const ternaryStream = component('ternary_stream', (parameters: ArrayParameters) => {
  const { lanes, rows, activationBits } = parameters;
  const timing = dotProductTiming(parameters);
  return {
    inputs: {
      in: {
        valid: bit,
        first: bit,
        last: bit,
        x: array(lanes, int(activationBits)),
        w: array(rows, array(lanes, weightCode)),
        init: array(rows, initInterval(parameters)),
      },
      out: { ready: bit },
    },
    build({ in: beat, out }) {
      const { enable } = named({ enable: wire(bit) });
      // The controls and the initial value wait until the sum of their beat has come through the tree.
      const { valid, first, init, last } = enabledBy(enable, () =>
        named({
          valid: delayed(beat.valid, timing.init, { reset: true }),
          first: delayed(beat.valid.and(beat.first), timing.first),
          init: beat.init.map(value => delayed(mux(beat.first, value, 0), timing.init)),
          last: delayed(beat.valid.and(beat.last), timing.first, { reset: true }),
        }),
      );
      const { y } = ternaryArray(parameters)(
        { enable, x: beat.x, w: beat.w, init, valid, first },
        { name: 'array' },
      );
      const result = register(bit, { reset: true, enable }).next(last);
      enable.drive(out.ready.or(result.not()));
      return { in: { ready: enable }, out: { valid: result, y } };
    },
  };
});

/** Edges from the beat with `last` to its result, while nothing waits. */
export function streamLatency(parameters: ArrayParameters): number {
  return dotProductTiming(parameters).result;
}
