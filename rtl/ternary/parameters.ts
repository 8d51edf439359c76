import { bit, Interval, int } from '../../hdl-gen/lang/index.ts';

/** The families of arrays, by the name that `--arch` takes; families.ts has what they are. */
export const archs = ['tree', 'tree-folded', 'binary', 'sparse'] as const;

/** The name of a family. */
export type Arch = (typeof archs)[number];

/**
 * How weights come through a stream: as the codes of their family, which are `2bit`, `1bit` or `1of2`, or packed more tightly,
 * with a decoder in front of the array.
 */
export const streamEncodings = ['2bit', '1bit', '1of2', '5in8'] as const;

/** The name of such an encoding. */
export type StreamEncoding = (typeof streamEncodings)[number];

/** The numbers that decide what one row, a dot product, looks like. */
export interface DotProductParameters {
  /** Weights that are consumed in one cycle, from 1. */
  readonly lanes: number;
  /** Bits of an activation, which is a two's complement number. */
  readonly activationBits: number;
  /** Products in one sum at most. */
  readonly maxK: number;
  /** Bits of the initial value, a two's complement number; 0 where every sum starts from 0. */
  readonly initBits: number;
  /** Levels of adders from one register to the next. */
  readonly pipeline: number;
  /**
   * `beat`: each sum is that of one beat, for whoever adds up the beats elsewhere; `first` has no meaning then, and there
   * is no initial value. Without it a row adds up its beats itself.
   */
  readonly sums?: 'beat' | undefined;
  /** Whether the constants of the weights are stored in the initial value, or counted by logic; without it stored. */
  readonly negations?: 'stored' | 'counted' | undefined;
  /**
   * How the accumulator is made: one chain of logic cells, segments of them that work one edge after the other, or a DSP
   * block of an UltraPlus. Without it segments.
   */
  readonly accumulator?: 'chain' | 'segments' | 'dsp' | undefined;
  /**
   * Bits of the pieces that wider sums are cut into, each of which works an edge after the one below it: so carry chains are
   * short. Without it sums are whole. Families with folded sums alone; see `pieces.ts`.
   */
  readonly cut?: number | undefined;
}

/** The numbers that decide what an array looks like. */
export interface ArrayParameters extends DotProductParameters {
  /** Dot products that share the same activations, from 1. */
  readonly rows: number;
  /** The family; without it `tree`. */
  readonly arch?: Arch | undefined;
  /** How the weights come through a stream; without it as the codes of the family. */
  readonly encoding?: StreamEncoding | undefined;
}

/** What an initial value can be. */
export function initInterval({ initBits }: DotProductParameters): Interval {
  return initBits === 0 ? Interval.of(0n) : int(initBits);
}

/** What the mark of a sum's first beat can be: where each sum is that of one beat, all of them are the first. */
export function firstInterval({ sums }: Pick<DotProductParameters, 'sums'>): Interval {
  return sums === 'beat' ? Interval.of(1n) : bit;
}

/** Products in one sum at most: one beat alone has as many as there are lanes. */
export function mostTerms({ maxK, lanes }: DotProductParameters): number {
  return Math.max(maxK, lanes);
}
