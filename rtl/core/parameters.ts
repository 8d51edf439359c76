import {
  configurationHash,
  type ImageLayout,
  imageLayout,
  type Packing,
  registerOf,
  windowAddressBits,
} from '../../protocol/index.ts';
import { spramStoreBits, spramWords } from '../memory/index.ts';
import { type ArrayLayout, type ArrayParameters, arrayLayout, wholeResult } from '../ternary/index.ts';
import { refuseCore } from './diagnostics.ts';
import { outputLatency } from './output-stage.ts';
import type { PresetWords } from './preset.ts';

/** How weights lie in the store: as the family takes them, or five in a byte. */
export type StoredAs = '2bit' | '5in8' | '1of2' | '1bit';

/** What a core is made for. */
export interface CoreParameters {
  /** The family of its array; weights lie skewed in the memories, so the folded one costs nothing more. */
  readonly arch: NonNullable<ArrayParameters['arch']>;
  readonly lanes: number;
  readonly rows: number;
  /** Vectors that share one read of the weights, from 1. */
  readonly batch: number;
  readonly activationBits: number;
  /**
   * A register between the buffer and the array for each bit of a beat: for a fast clock, where many rows share the
   * activations. Then there is also one for addresses, for initial values, for what goes between walk and job control, and in the
   * choice of finished sums, and the count of cycles is in two halves.
   */
  readonly activationRegister: boolean;
  /**
   * A register between the weight store and the decoder for each bit of a word: for a fast clock.
   */
  readonly weightRegister: boolean;
  /** Registers for requests and responses of the host, so that the ways to and from the block RAMs end in the core. */
  readonly hostRegisters: boolean;
  /**
   * How finished sums leave the rows. `turns`: a row begins each tile a step later than the one before, so that one at a time
   * has a sum to hand over. `chain`: all rows begin together, and their sums are taken at once into a chain of registers, out of
   * which they come one by one while the next tile is summed; it takes two cells for each bit of a sum, and saves the
   * steps at the end of a job in which the last rows work alone. Of one row there is nothing to tell apart.
   */
  readonly drain: 'turns' | 'chain';
  /**
   * Groups of rows of which each takes the activations a cycle later than the one before, out of registers of its own: where
   * many rows share them, each register has fewer readers then. More than one only with a `chain` and a batch of 2.
   */
  readonly rowGroups: number;
  /** Levels of adders from one register of the array to the next. */
  readonly pipeline: number;
  readonly encoding: StoredAs;
  /** Where the weights are: in block RAM, or in the four single-port RAMs of an UltraPlus device. */
  readonly store: 'bram' | 'spram';
  /** Words of the weight store: a power of two; with `spram` 16,384. */
  readonly weightWords: number;
  /** Beats of a column of activations, in both halves of the buffer together: a power of two. */
  readonly activationDepth: number;
  /** Sums in both halves of the result buffer together: a power of two. */
  readonly resultDepth: number;
  /** Initial values that are kept: a power of two. */
  readonly initialValues: number;
  /** Bits of an initial value. */
  readonly initBits: number;
  /** Products in one sum at most. */
  readonly maxK: number;
  /** Whether results can be shifted, saturated and cut at 0. */
  readonly outputStage: boolean;
}

/** A core whose block RAMs start with something. */
export interface PresetCoreParameters extends CoreParameters {
  /** What weights and initial values are from the start; without it, anything. SPRAM has no such start. */
  readonly preset?: 'placeholders' | PresetWords | undefined;
}

/** Everything that follows from the parameters. */
export interface CoreGeometry {
  readonly array: ArrayParameters;
  readonly arrayLayout: ArrayLayout;
  readonly image: ImageLayout;
  /** Bits of a partial sum, and of a result with its initial value; both are signed. */
  readonly partialBits: number;
  readonly resultBits: number;
  /** Edges from the address of a beat to the sum of its first lane. */
  readonly latency: number;
  /** Edges from the cycle in which a sum is handed over to the one in which it is written as a result. */
  readonly resultLatency: number;
  /** Lanes in a word of the host, and words in a beat. */
  readonly lanesPerWord: number;
  readonly wordsPerBeat: number;
  /** Words of the host in a word of the weight store. */
  readonly wordsPerWeightWord: number;
  /** What the host's address counts for a beat and for a word of the store: powers of two, so that nothing is multiplied. */
  readonly beatStride: number;
  readonly weightStride: number;
}

const fits: Readonly<Record<StoredAs, readonly CoreParameters['arch'][]>> = {
  '2bit': ['tree', 'tree-folded'],
  '5in8': ['tree', 'tree-folded'],
  '1of2': ['sparse'],
  '1bit': ['binary'],
};

/** What was worked out already: whoever cuts a large matrix asks for each of its parts. */
const known = new WeakMap<CoreParameters, CoreGeometry>();

/**
 * What follows from the parameters.
 * @throws Diagnostic TCT-7201 where they do not go together.
 */
export function coreGeometry(parameters: PresetCoreParameters): CoreGeometry {
  const found = known.get(parameters) ?? workedOut(parameters);
  known.set(parameters, found);
  return found;
}

function workedOut(parameters: PresetCoreParameters): CoreGeometry {
  const { arch, lanes, rows, rowGroups, batch, activationBits, pipeline, encoding, initBits, maxK } =
    parameters;
  if (!fits[encoding].includes(arch)) {
    const other = (Object.keys(fits) as StoredAs[]).filter(name => fits[name].includes(arch));
    throw refuseCore(
      `weights of the family '${arch}' are not kept as '${encoding}'`,
      `take ${other.map(name => `'${name}'`).join(' or ')}`,
    );
  }
  for (const [key, least] of [
    ['weightWords', 2],
    ['activationDepth', 4],
    ['resultDepth', 4],
    ['initialValues', 2],
  ] as const) {
    const value = parameters[key];
    if (!Number.isInteger(Math.log2(value)) || value < least)
      throw refuseCore(
        `'${key}' is ${value}`,
        `take a power of two from ${least}; a block RAM has 256 words of 16 bits`,
      );
  }
  if (parameters.store === 'spram' && parameters.weightWords !== spramWords)
    throw refuseCore(
      `a store of SPRAM has ${spramWords} words, not ${parameters.weightWords}`,
      `take ${spramWords}`,
    );
  if (parameters.store === 'spram' && parameters.preset !== undefined)
    throw refuseCore(
      'SPRAM starts without contents, so there is no preset',
      "leave 'preset' out, or take 'bram'",
    );
  const mostGroups = isChained(parameters) && batch === 2 ? rows : 1;
  if (!Number.isInteger(rowGroups) || rowGroups < 1 || rowGroups > mostGroups)
    throw refuseCore(
      `its rows are in ${rowGroups} groups`,
      mostGroups === 1
        ? 'take one group, or a chain as drain and a batch of 2'
        : `take a whole number from 1 to ${rows}`,
    );
  // The array adds up one beat; what goes on from beat to beat is the core's own.
  const array = {
    arch,
    lanes,
    rows,
    activationBits,
    pipeline,
    maxK: lanes,
    initBits: 0,
    sums: 'beat',
  } as const;
  const layout = arrayLayout(array);
  const packing: Packing = encoding === '5in8' ? '5in8' : 'bits';
  const geometry = {
    lanes,
    rows,
    rowSteps: isChained(parameters) ? 0 : 1,
    rowTimes: groupOfRows(parameters),
    batch,
    packing,
    codeTimes: layout.w,
    activationTimes: layout.x,
    activationRegisters: parameters.activationRegister ? 1 : 0,
    weightRegisters: parameters.weightRegister ? 1 : 0,
  } as const;
  const stepBits =
    packing === 'bits'
      ? rows * layout.codeBits * layout.w.length
      : 8 * Math.ceil((rows * layout.w.length) / 5);
  const wordBits =
    parameters.store === 'spram' ? spramStoreBits : 8 * Math.ceil(Math.ceil(stepBits / batch) / 8);
  const whole = { ...array, sums: undefined, maxK };
  const partialBits = arrayLayout(whole).sum.width;
  const resultBits = arrayLayout({ ...whole, initBits }).sum.width;
  if (resultBits > 32)
    throw refuseCore(
      `its results have ${resultBits} bits, and the host's words 32`,
      'take a smaller maxK or fewer bits',
    );
  const lanesPerWord = Math.floor(32 / activationBits);
  const wordsPerBeat = Math.ceil(lanes / lanesPerWord);
  const wordsPerWeightWord = Math.ceil(wordBits / 32);
  const image = layoutOf({ ...geometry, wordBits });
  const beatStride = powerOfTwoFrom(wordsPerBeat);
  // The upper half of their window belongs to the initial values.
  const mostBeats = 2 ** (windowAddressBits - 1) / beatStride;
  if (parameters.activationDepth > mostBeats)
    throw refuseCore(
      `'activationDepth' is ${parameters.activationDepth}, and the window of activations holds ${mostBeats} beats of ${lanes} lanes`,
      `take ${mostBeats} or less`,
    );
  return {
    array,
    arrayLayout: layout,
    image,
    // Address and beat have a register each, or none.
    latency: 1 + 2 * geometry.activationRegisters + image.lead + wholeResult(layout),
    resultLatency: resultLatency(parameters),
    partialBits,
    resultBits,
    lanesPerWord,
    wordsPerBeat,
    wordsPerWeightWord,
    beatStride,
    weightStride: powerOfTwoFrom(wordsPerWeightWord),
  };
}

/** The sum of a row alone is taken where it is; of many rows it is chosen, for a fast clock in two cycles. */
function resultLatency({ rows, activationRegister, outputStage }: CoreParameters): number {
  return (rows === 1 ? 1 : activationRegister ? 3 : 2) + (outputStage ? outputLatency : 0);
}

/** The rows of each group; the first ones have a row more where they are not equal. */
export function groupsOf({ rows, rowGroups }: CoreParameters): number[] {
  return Array.from({ length: rowGroups }, (_, group) => Math.ceil((rows - group) / rowGroups));
}

/** The number of the group that each row is in. */
export function groupOfRows(parameters: CoreParameters): number[] {
  return groupsOf(parameters).flatMap((rows, group) => Array<number>(rows).fill(group));
}

/** Edges that finished sums need to come to the end of the chain. */
export function chainLatency(parameters: CoreParameters): number {
  return isChained(parameters) ? parameters.batch - 1 : 0;
}

/** Whether finished sums leave through a chain. */
export function isChained({ drain, rows }: CoreParameters): boolean {
  return drain === 'chain' && rows > 1;
}

function powerOfTwoFrom(words: number): number {
  return 2 ** Math.ceil(Math.log2(words));
}

function layoutOf(geometry: Parameters<typeof imageLayout>[0]): ImageLayout {
  try {
    return imageLayout(geometry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { rows } = geometry;
    throw refuseCore(
      error.message,
      `take ${rows > 1 ? 'fewer rows or lanes' : 'fewer lanes'}, or a larger batch`,
    );
  }
}

/** What tells cores apart: a hash of all parameters, but for what memories hold from the start. */
export function configurationOf({ preset: _, ...parameters }: PresetCoreParameters): number {
  return configurationHash(parameters);
}

/** The number of an encoding in the register `numbers`. */
export function encodingNumber({ encoding }: CoreParameters): number {
  const [, , field] = registerOf('numbers').fields;
  return field.values[encoding];
}
