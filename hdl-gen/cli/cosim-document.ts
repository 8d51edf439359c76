import type { ConfigDocument, HardwiredConfig } from './documents.ts';

/** Who can be heard. */
export type OpinionName = 'reference' | 'engine' | 'cxxrtl' | 'icarus' | 'netlist';

/** One opinion, and how it fared against the others. */
export interface OpinionDocument {
  readonly name: OpinionName;
  /** What it is. */
  readonly what: string;
  readonly cycles: number;
  /** Values of outputs that were held against those of others. */
  readonly values: number;
  readonly mismatches: number;
  /** Values that were left out, because they depend on what a memory shows before its first read. */
  readonly leftOut: number;
  /** Seconds of its tools and its run; of the reference and the engine those in which the stimulus was made. */
  readonly seconds: number;
}

/** An opinion that could not be heard. */
export interface MissingOpinion {
  readonly name: OpinionName;
  readonly why: string;
  /** How to get it. */
  readonly install: string;
}

/** `hdl-gen cosim`. */
export interface CosimDocument {
  readonly schema: 'tercet.cosim/1';
  readonly version: string;
  /** The array, or the matrix in logic; or `circuit`. */
  readonly config?: Omit<ConfigDocument, 'weights'> | HardwiredConfig;
  readonly data?: {
    readonly weights: string;
    readonly activations: string;
    readonly m: number;
    readonly k: number;
    readonly n: number;
  };
  /** The user's circuit, `my.ts#name`. */
  readonly circuit?: string;
  readonly seed: number;
  readonly cycles: number;
  readonly opinions: readonly OpinionDocument[];
  readonly missing: readonly MissingOpinion[];
  readonly firstMismatch?: {
    readonly cycle: number;
    readonly port: string;
    /** Who says what, as text; the value that is taken for right comes first. */
    readonly sides: readonly { readonly names: readonly OpinionName[]; readonly value: string }[];
    /** The cycles around it as text, a row for each side. */
    readonly waveform: string;
  };
  readonly files: readonly string[];
}
