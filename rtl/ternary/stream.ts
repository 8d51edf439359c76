import { bit, component, delayed, enabledBy, mux, named, register, wire } from '../../hdl-gen/lang/index.ts';
import { arrayLayout, ternaryArray } from './families.ts';
import { wholeResult } from './family.ts';
import type { ArrayParameters } from './parameters.ts';
import { skewed } from './skew.ts';
import { skidBuffer } from './skid-buffer.ts';
import { streamCodes, streamShape } from './stream-weights.ts';

/**
 * The array between two valid/ready streams: the default core of `hdl-gen`.
 *
 * In: beats of `x` (lanes activations), `w` (rows x lanes codes of the family, or words of another encoding) and `init` (the initial value of each row,
 * used in the beat with `first`); `first` and `last` mark the beats of one sum. Out: one `y` (a sum for each row)
 * for each beat with `last`, `streamLatency` edges later. A beat moves where valid and ready are both 1. A result that
 * nobody takes waits in a place of its own, and the whole pipeline stands still as long as it is there: so `in.ready` and the
 * enable of all registers come out of one register, and no path leads from one `ready` to the other.
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
      const { ready } = named({ ready: wire(bit) });
      const codes = beat.w.map(words => streamCodes(words, parameters));
      const sums = skidBuffer(out.ready, enable => {
        ready.drive(enable);
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
        const parts = ternaryArray(array)({ enable, x, w, init, valid, first }, { name: 'array' }).y;
        // The low bits of a sum wait for the highest ones.
        const waits = layout.result.map(time => latency - time);
        const { sum } = enabledBy(enable, () => named({ sum: parts.map(part => skewed(part, waits)) }));
        const { result } = named({ result: register(bit, { reset: true, enable }).next(last) });
        return { valid: result, data: sum };
      });
      return { in: { ready }, out: { valid: sums.valid, y: sums.data } };
    },
  };
});

/** Edges from the beat with `last` to its result, while nothing waits. */
export function streamLatency(parameters: ArrayParameters): number {
  return wholeResult(arrayLayout(parameters));
}
