import type { Arch } from '../../../rtl/ternary/index.ts';

/** `explore.json`, and the file that `--point` writes: then it has one point and no fronts. */
export interface ExploreDocument {
  readonly schema: 'tercet.explore/1';
  /** The version of Tercet. */
  readonly version: string;
  /** The call that does the same again. */
  readonly command: string;
  readonly tools: readonly ToolVersion[];
  /** nextpnr's seeds that each configuration was placed with. */
  readonly seeds: readonly number[];
  /** What the fronts weigh against `gmacs`. */
  readonly cost: CostName;
  readonly points: readonly ExplorePoint[];
  readonly fronts: readonly FrontDocument[];
  /** The files beside this one. */
  readonly files: readonly string[];
}

/** `lc-per-mac` is `placed.lcPerMac` of a point, `lc` is `placed.lc`, `pj-per-mac` the middle of `placed.energyPjPerMac`. */
export type CostName = 'lc-per-mac' | 'lc' | 'pj-per-mac';

export interface ToolVersion {
  readonly name: string;
  readonly version: string;
}

/** How one array is made, and for which device. */
export interface PointConfig {
  readonly device: string;
  readonly arch: Arch | 'table';
  /** What a weight can be: only arrays for the same weights do the same work. */
  readonly weights: 'ternary' | 'binary' | 'sparse';
  readonly encoding: string;
  /** The array alone, whose inputs are due at the times of its layout, or between its streams, as `hdl-gen` emits it. */
  readonly form: 'array' | 'stream';
  readonly lanes: number;
  readonly rows: number;
  readonly activationBits: number;
  readonly pipeline: number;
  readonly maxK: number;
  /** Rows of a matrix at most, of tables; null of other families. */
  readonly maxM: number | null;
  readonly initBits: number;
}

/** What came of a configuration. */
export interface Finding {
  /**
   * placed: `placed` has its figures; does-not-fit: the device is too small; impossible: there is no such array;
   * failed: a tool broke; missing: nothing came back from another machine.
   */
  readonly outcome: 'placed' | 'does-not-fit' | 'impossible' | 'failed' | 'missing';
  /** Why it is not placed, in one sentence; null where it is. */
  readonly why: string | null;
  /** The hash of the Verilog and all else that decides the figures; null where there is no Verilog. */
  readonly key: string | null;
  readonly placed: PlacedFigures | null;
}

/** One configuration. */
export interface ExplorePoint extends Finding {
  /** A name for files. */
  readonly id: string;
  readonly config: PointConfig;
  readonly isOnFront: boolean;
}

/** What a configuration takes and gives. */
export interface PlacedFigures {
  /** Logic cells of the array, with its streams where `config.form` says so; without the wrapper that keeps it alive. */
  readonly lc: number;
  readonly lcPerMac: number;
  readonly bram: number;
  readonly spram: number;
  readonly dsp: number;
  /**
   * Of the array at its clock with random data, with the static current of the chip and its clock network. It is there with the
   * cost `pj-per-mac` alone.
   */
  readonly energyPjPerMac?: { readonly low: number; readonly mid: number; readonly high: number } | undefined;
  /** With the best of the seeds. */
  readonly fmaxMHz: number;
  /** At most: lanes x rows at that clock, in 10^9 MACs a second. */
  readonly gmacs: number;
  readonly seed: number;
  /** null where nextpnr found no placement. */
  readonly seeds: readonly { readonly seed: number; readonly fmaxMHz: number | null }[];
}

/** The points that nothing beats among those that do the same work in the same form on the same device. */
export interface FrontDocument {
  readonly device: string;
  readonly form: PointConfig['form'];
  readonly weights: PointConfig['weights'];
  readonly activationBits: number;
  /** Ids, the slowest first. */
  readonly points: readonly string[];
}
