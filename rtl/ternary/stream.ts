import { bit, component, delayed, enabledBy, mux, named, register, wire } from '../../hdl-gen/lang/index.ts';
import { arrayLayout, ternaryArray } from './families.ts';
import { wholeResult } from './family.ts';
import type { ArrayParameters } from './parameters.ts';
import { skewed } from './skew.ts';
import { streamCodes, streamShape } from './stream-weights.ts';

/**
 * The array between two valid/ready streams: the default core of `hdl-gen`.
 *
 * In: beats of `x` (lanes activations), `w` (rows x lanes codes of the family, or words of another encoding) and `init` (the initial value of each row,
 * used in the beat with `first`); `first` and `last` mark the beats of one sum. Out: one `y` (a sum for each row)
 * for each beat with `last`, `streamLatency` edges later. A beat moves where valid and ready are both 1; the whole
 * pipeline stands still while a result waits.
 */
export const ternaryStream = component('ternary_stream', (parameters: ArrayParameters) => {
  const { encoding: _, ...array } = parameters;
  const layout = arrayLayout(array);
  const latency = wholeResult(layout);
  return {
    inputs: {
      in: {
        valid: bit,
        first: bit,
        last: bit,
        ...streamShape(parameters),
      },
      out: { ready: bit },
    },
    build({ in: beat, out }) {
      const { enable } = named({ enable: wire(bit) });
      const codes = beat.w.map(words => streamCodes(words, parameters));
      // What the array wants later than the rest waits in registers: with every family the controls and the initial
      // value, until the sum of their beat is there.
      const { valid, first, init, last, x, w } = enabledBy(enable, () =>
        named({
          valid: delayed(beat.valid, layout.valid, { reset: true }),
          first: delayed(beat.valid.and(beat.first), layout.first),
          init: beat.init.map(value => skewed(mux(beat.valid.and(beat.first), value, 0), layout.init)),
          last: delayed(beat.valid.and(beat.last), latency - 1, { reset: true }),
          x: beat.x.map((lane, i) => delayed(lane, layout.x[i]!)),
          w: codes.map(row => row.map((code, i) => skewed(code, layout.w[i]!))),
        }),
      );
      const sums = ternaryArray(array)({ enable, x, w, init, valid, first }, { name: 'array' }).y;
      // The low bits of a sum wait for the highest ones.
      const waits = layout.result.map(time => latency - time);
      const { y } = enabledBy(enable, () => named({ y: sums.map(sum => skewed(sum, waits)) }));
      const result = register(bit, { reset: true, enable }).next(last);
      enable.drive(out.ready.or(result.not()));
      return { in: { ready: enable }, out: { valid: result, y } };
    },
  };
});

/** Edges from the beat with `last` to its result, while nothing waits. */
export function streamLatency(parameters: ArrayParameters): number {
  return wholeResult(arrayLayout(parameters));
}
