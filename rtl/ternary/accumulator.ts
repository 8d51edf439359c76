import { enabledBy, type Interval, type Signal } from '../../hdl-gen/lang/index.ts';
import { beatRegister } from './beat-register.ts';
import { dspAccumulator } from './dsp-accumulator.ts';
import { aligned, type Pieces, pieceCount } from './pieces.ts';
import type { RowPath } from './row-path.ts';
import { segmentedAccumulator } from './segmented-accumulator.ts';

/* The end of a row: y := (first ? 0 : y) + init + total. */

/** How an accumulator is made. */
export interface AccumulatorOptions {
  /** What the sum can be. */
  readonly within: Interval;
  /** Bits of the total of one beat. */
  readonly sumBits: number;
  /** Bits of the initial value; 0: none. */
  readonly initBits: number;
  /** `beat`: there is no running sum, only the total of each beat in a register. */
  readonly sums: 'beat' | undefined;
  /** How it is made; without it in segments. */
  readonly accumulator: 'chain' | 'segments' | 'dsp' | undefined;
  /** Bits of the pieces that the total is cut into, and segments with it; without it the total is whole. */
  readonly cut?: number | undefined;
}

/** When an accumulator takes what and when its bits are there, in edges after `valid`. */
export interface AccumulatorTiming {
  /** Edges from the total, which has no register yet, to `valid`: 1 where there is an initial value. */
  readonly addend: number;
  readonly init: readonly number[];
  readonly first: number;
  readonly result: readonly number[];
}

/** What an accumulator takes; the pieces of `total` come without registers. */
export interface AccumulatorInputs {
  readonly enable: Signal;
  readonly total: Pieces;
  readonly init: Signal;
  readonly valid: Signal;
  readonly first: Signal;
}

/** A way to make an accumulator. */
export interface AccumulatorKind {
  /** Whether it takes each piece of the total when it is there. */
  readonly takesPieces: (options: AccumulatorOptions) => boolean;
  readonly timing: (options: AccumulatorOptions) => AccumulatorTiming;
  /** Logic cells with the adder of the initial value, without the register of the total. */
  readonly cells: (options: AccumulatorOptions) => number;
  /** Its kinds of paths: of each segment, and of the adder of the initial value. */
  readonly paths: (options: AccumulatorOptions) => readonly RowPath[];
  /** The running sum; its bits are there at the times of `timing`. */
  readonly build: (inputs: AccumulatorInputs, options: AccumulatorOptions) => Signal;
}

const kinds = {
  chain: segmentedAccumulator,
  segments: segmentedAccumulator,
  dsp: dspAccumulator,
  none: beatRegister,
} as const;

/** When an accumulator takes what, and when its bits are there. */
export function accumulatorTiming(options: AccumulatorOptions): AccumulatorTiming {
  const { takesPieces, timing } = kindOf(options);
  const times = timing(options);
  return takesPieces(options) ? times : { ...times, addend: times.addend + waitingPieces(options) };
}

/** Logic cells of an accumulator with the adder of its initial value, without the register of the total. */
export function accumulatorCells(options: AccumulatorOptions): number {
  return kindOf(options).cells(options);
}

/** Its kinds of paths. */
export function accumulatorPaths(options: AccumulatorOptions): readonly RowPath[] {
  return kindOf(options).paths(options);
}

/** The running sum. */
export function accumulated(inputs: AccumulatorInputs, options: AccumulatorOptions): Signal {
  const { takesPieces, build } = kindOf(options);
  if (takesPieces(options)) return build(inputs, options);
  const total = enabledBy(inputs.enable, () => aligned(inputs.total));
  return build({ ...inputs, total: [total] }, options);
}

/** Whether the pieces of the total go into registers that become 0 where a beat does not count. */
export function clearsTotal(options: AccumulatorOptions): boolean {
  return options.initBits === 0 && kindOf(options).takesPieces(options);
}

function waitingPieces({ sumBits, cut }: AccumulatorOptions): number {
  return pieceCount(sumBits, cut) - 1;
}

function kindOf({ sums, accumulator = 'segments' }: AccumulatorOptions): AccumulatorKind {
  return kinds[sums === 'beat' ? 'none' : accumulator];
}
