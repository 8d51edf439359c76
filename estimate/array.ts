import {
  type ArrayParameters,
  arrayLayout,
  familyOf,
  type RowPath,
  streamWords,
  wholeResult,
} from '../rtl/ternary/index.ts';
import { type CostEstimate, estimateCost, type PathShape, type Routing } from '../synth/cost/index.ts';
import type { Device } from '../synth/index.ts';

/*
 * The structure of an array in numbers. Every bit of a gate, an adder and an accumulator is one cell, with its flip-flop; the
 * streams' delays are flip-flops without logic.
 */

/** What of an array is estimated. */
export interface Estimated {
  /** The array alone, whose inputs are due at the times of its layout, or between its streams, as `hdl-gen` emits it. */
  readonly form: 'array' | 'stream';
  /** With the wrapper of `hdl-gen build --device`, which keeps it alive behind few pins. */
  readonly onPins: boolean;
  /** Whether each bit of the inputs has a flip-flop of its own in the wrapper (the default), or neighbours share them. */
  readonly ownBits?: boolean;
  /** What the fit of the model changes. */
  readonly routing?: Routing;
}

/**
 * Logic cells, block RAMs and the highest clock of an array on a device, whether it fits or not.
 * @param device a device or its name.
 * @throws Diagnostic TCT-4001 for an unknown device.
 */
export function estimateArray(
  array: ArrayParameters,
  device: Device | string,
  { form, onPins, ownBits = true, routing }: Estimated,
): CostEstimate {
  const family = familyOf(array);
  const isStream = form === 'stream';
  const core = array.rows * family.cells(array) + (isStream ? streamCells(array) : 0);
  const structure = {
    cells: core + (onPins ? wrapperCells(array, ownBits) : 0),
    paths: [
      ...family.paths(array).map(path => shapeOf(path, array, onPins && !ownBits)),
      ...(isStream ? [stallPath(1)] : []),
    ],
  };
  return estimateCost(structure, device, routing);
}

/**
 * What waits between the streams: activations once; codes, initial values and the low bits of the sums in each row; and
 * the controls.
 */
function streamCells(array: ArrayParameters): number {
  const layout = arrayLayout(array);
  const { x, w, init, valid, first, result, sum } = layout;
  const latency = wholeResult(layout);
  // Results also have a place to wait in while nobody takes them.
  const results = total(result.map(time => latency - time)) + sum.width;
  const decoders = array.encoding === '5in8' ? array.rows * streamWords(array).count * decoderCells : 0;
  const waiting = total(x) * array.activationBits + array.rows * (total(w.flat()) + total(init) + results);
  return waiting + decoders + valid + first + latency + 8;
}

/** LUTs that take a word of five weights apart. */
const decoderCells = 15;

/** A flip-flop for each input bit that is not shared, and for each output bit. */
function wrapperCells(array: ArrayParameters, ownBits: boolean): number {
  const { lanes, rows, activationBits, initBits } = array;
  const { sum } = arrayLayout(array);
  const { count, bits } = streamWords(array);
  const inputs = ownBits
    ? 4 + activationBits * lanes + bits * count * rows + initBits * rows
    : 4 + activationBits + lanes + (bits + count * rows) + (initBits === 0 ? 0 : initBits + rows);
  return inputs + 2 + rows * sum.width;
}

/**
 * All rows read the same activations, and a bit of a code goes to as many cells as an activation has bits. The wrapper
 * lets neighbouring lanes share all but one of their bits.
 */
function shapeOf(
  { from, luts, chain }: RowPath,
  { rows, activationBits }: ArrayParameters,
  isShared: boolean,
): PathShape {
  const readers = isShared ? rows * activationBits : Math.max(rows, activationBits);
  return { luts, chain, fanOut: from === 'input' ? readers : 1 };
}

/** The way of `ready` to the enable of all registers, through so many LUTs. */
export function stallPath(luts: number): PathShape {
  return { luts, chain: 0, fanOut: 1, isGlobal: true };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
