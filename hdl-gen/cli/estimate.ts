import { arrayLayout, familyOf, wholeResult } from '../../rtl/ternary/index.ts';
import type { ArrayConfig } from './names.ts';

/*
 * How many logic cells a configuration takes, before anything is synthesised. Every bit of a gate, an adder and an
 * accumulator is one cell, with its flip-flop; the streams' delays are flip-flops without logic.
 */

/** The array between its streams: what `hdl-gen` emits. Within a few per cent of what nextpnr counts. */
export function estimateStream(array: ArrayConfig): number {
  const layout = arrayLayout(array);
  const { x, w, init, valid, first, result } = layout;
  const latency = wholeResult(layout);
  // What waits: activations once; codes, initial values and the low bits of the sums in each row; and the controls.
  const results = total(result.map(time => latency - time));
  const waiting = total(x) * array.activationBits + array.rows * (total(w.flat()) + total(init) + results);
  return array.rows * familyOf(array).cells(array) + waiting + valid + first + latency + 8;
}

/** The same with the wrapper of `--device`: a flip-flop for each input bit that is not shared, and for each output bit. */
export function estimateOnPins(array: ArrayConfig): number {
  const { lanes, rows, activationBits, initBits } = array;
  const { codeBits, w, sum } = arrayLayout(array);
  const inputs =
    4 + activationBits + lanes + (codeBits + w.length * rows) + (initBits === 0 ? 0 : initBits + rows);
  return estimateStream(array) + inputs + 2 + rows * sum.width;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Bits of memory for each weight. */
export function bitsPerWeight(array: ArrayConfig): number {
  const { codeBits, w } = arrayLayout(array);
  return (codeBits * w.length) / array.lanes;
}

/** How full a device may be so that nextpnr still finds a placement. */
export const usableFraction = 0.97;

/** The largest number of lanes for which `cells` gives no more than `available`; 0 where not even one fits. */
export function mostLanes(cells: (lanes: number) => number, available: number): number {
  let fits = 0;
  let tooMany = 1025;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (cells(middle) <= usableFraction * available) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
