import { accumulatorInterval, dotProductTiming } from '../../rtl/ternary/index.ts';
import type { ArrayConfig } from './names.ts';

/*
 * How many logic cells a configuration takes, before anything is synthesised. Every bit of a gate, an adder and an
 * accumulator is one cell, with its flip-flop; the streams' delays are flip-flops without logic.
 */

/** The array between its streams: what `hdl-gen` emits. Within a few per cent of what nextpnr counts. */
export function estimateStream(array: ArrayConfig): number {
  const { lanes, rows, activationBits, initBits, pipeline } = array;
  const timing = dotProductTiming(array);
  let row = lanes * activationBits;
  let width = activationBits;
  for (let level = lanes, depth = 1; level > 1; level = Math.ceil(level / 2), depth++) {
    width++;
    const isRegistered = depth % pipeline === 0 || level <= 2;
    row += Math.floor(level / 2) * width + (level % 2 === 1 && isRegistered ? width : 0);
  }
  if (initBits > 0) row += Math.max(initBits, width) + 1 + initBits * timing.init;
  row += accumulatorInterval(array).width;
  return rows * row + 3 * timing.first + 8;
}

/** The same with the wrapper of `--device`: a flip-flop for each input bit that is not shared, and for each output bit. */
export function estimateOnPins(array: ArrayConfig): number {
  const { lanes, rows, activationBits, initBits } = array;
  const inputs = 4 + activationBits + lanes + (2 + lanes * rows) + (initBits === 0 ? 0 : initBits + rows);
  return estimateStream(array) + inputs + 2 + rows * accumulatorInterval(array).width;
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
