import type { Family } from '../../rtl/ternary/index.ts';
import type { Design, Interval } from '../lang/index.ts';
import { arrayCore } from './array-core.ts';
import type { Beats, OutputStream } from './beats.ts';
import type { CoreConfig } from './names.ts';
import type { Product, ProductSize } from './product.ts';
import { tableCore } from './table-core.ts';

/** A core between streams, as the commands know it: whatever its family is. */
export interface Core {
  readonly config: CoreConfig;
  /** The core alone, and behind few pins. */
  readonly design: () => Design;
  readonly onPins: () => Design;
  /** The array without its streams, behind few pins; of a core that has none, the core. */
  readonly aloneOnPins: () => Design;
  /** The instance within the core that the figures of an array are told of; undefined: the core as a whole. */
  readonly arrayInstance: string | undefined;
  /** What a weight can be. */
  readonly weights: Family['weights'];
  /** Edges from the last beat of a sum to the sum, while nothing waits. */
  readonly latency: number;
  /** Where sums come out. */
  readonly output: OutputStream;
  /** What a sum can be. */
  readonly sum: Interval;
  /** The name of the encoding of its weights. */
  readonly encoding: string;
  /** Logic cells without what the streams add, estimated. */
  readonly cells: number;
  /** Bits of memory for each weight. */
  readonly bitsPerWeight: number;
  /** What the initial value of a row has to add for its weights. */
  readonly constantOf: (weights: readonly number[]) => number;
  /**
   * Cuts a product into beats.
   * @throws Diagnostic TCT-6015 and TCT-6080 for more columns or rows than it was made for, TCT-6016 for weights
   *   whose constant no initial value holds.
   */
  readonly beatsOf: (product: Product) => Beats;
  /** The size of a product that shows what it can do. */
  readonly usualSize: ProductSize;
  /** Cycles that each vector of a product takes, while nobody pauses. */
  readonly cyclesPerVector: (size: Pick<ProductSize, 'm' | 'k'>) => number;
}

/** The core of a configuration. */
export function coreOf(config: CoreConfig): Core {
  return config.arch === 'table' ? tableCore(config) : arrayCore(config);
}
