import type { Scheme } from '../../../model/plan/index.ts';

/**
 * `weights.json` of `hdl-gen model pack`, and what `--json` prints: what is in `weights.bin`, the words of a layer for a core.
 *
 * `weights.bin` is a list of runs, little-endian: an address of the device (u32; docs/protocol.md has the windows), a count of words (u32), and
 * the words (u32 each). Whoever writes the runs of a load, in any order, has its parts in the core, and can run a job for each.
 */
export interface WeightsDocument {
  readonly schema: 'tercet.weights/1';
  readonly version: string;
  readonly model: string;
  readonly layer: string;
  readonly device: string;
  readonly board: string | null;
  /** Parameters of the core, and the hash that its registers tell. */
  readonly core: Readonly<Record<string, number | string | boolean>>;
  readonly configuration: number;
  readonly scheme: Scheme;
  readonly rows: number;
  readonly columns: number;
  /** How activations become integers: docs/models.md tells. */
  readonly rule: string;
  /** What each input is multiplied by before that. */
  readonly inputVector?: readonly number[];
  readonly products: readonly ProductDocument[];
  /**
   * What the sums of the products make: output m of a vector with the scale s is 1/s times the sum, over terms and blocks, of
   * scales[block * rows + m] times the sum of the row firstRow + m (of the row firstRow, where it is shared).
   */
  readonly terms: readonly {
    readonly product: number;
    readonly firstRow: number;
    readonly isShared: boolean;
    readonly scales: readonly number[];
  }[];
  readonly isNormalised: boolean;
  /** Added at the end. */
  readonly bias?: readonly number[];
  readonly files: readonly string[];
}

/** A ternary matrix that is multiplied with integers. */
export interface ProductDocument {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The sums of so many columns are told apart. */
  readonly columnsPerBlock: number;
  /** The input that each column takes, -1 for 0; without it column k takes input k. */
  readonly inputs?: readonly number[];
  readonly loads: readonly LoadDocument[];
}

/** What is in the core at one time. */
export interface LoadDocument {
  /** Its runs in `weights.bin`. */
  readonly offset: number;
  readonly bytes: number;
  /** Each is one job; the fields of the registers `weightPlace`, `jobPlace` and `walk` follow from it. */
  readonly parts: readonly PartDocument[];
}

export interface PartDocument {
  readonly firstRow: number;
  readonly rows: number;
  readonly firstColumn: number;
  readonly columns: number;
  readonly columnsPerBlock: number;
  /** The block of the product to whose sums those of its first block belong, and how many blocks it has. */
  readonly firstBlock: number;
  readonly blocks: number;
  /** Its first word in the weight store, and its first initial value. */
  readonly base: number;
  readonly words: number;
  readonly initialBase: number;
  readonly initialCount: number;
  readonly cycles: number;
}
