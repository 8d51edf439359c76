import type { PllSettings } from '../../constraints/index.ts';
import type { ResourceReport, TimingReport, ToolTime } from '../../synth/index.ts';
import type { CheckDocument, ConfigDocument, HardwiredConfig, MemoryManifest } from './documents.ts';
import type { FillDocument } from './fill-document.ts';
import type { LinkRate } from './link-rate.ts';
import type { RooflineDocument } from './roofline-report.ts';

/** Blocks of a device. */
export interface BlockCounts {
  readonly lc: number;
  readonly bram: number;
  readonly spram: number;
  readonly dsp: number;
  readonly io: number;
}

/** `report.json` of `hdl-gen build`. */
export interface BuildDocument {
  readonly schema: 'tercet.report/1';
  /** The version of Tercet. */
  readonly version: string;
  readonly command: string;
  /** How the array or the matrix was made; of `--interface` with memories the parameters of the core; of a user's circuit its name. */
  readonly config:
    | ConfigDocument
    | HardwiredConfig
    | MemoryManifest['config']
    | { readonly circuit: string; readonly seed: number };
  readonly device: string;
  readonly package: string;
  readonly board: string | null;
  /** The clock on the board, and the PLL that makes it where it is not that of the pin; null without a board. */
  readonly clock: { readonly MHz: number; readonly pll: PllSettings | null } | null;
  /** The link of the core of `hdl-gen matmul`; null for all else. */
  readonly link: LinkRate | null;
  readonly top: string;
  readonly resources: ResourceReport & {
    /**
     * Who takes what: the core is what was asked for, the wrapper what keeps it alive or tests it, and `shared`
     * what belongs to no single module.
     */
    readonly split: {
      readonly core: BlockCounts;
      readonly wrapper: BlockCounts;
      readonly shared: BlockCounts;
    };
  };
  readonly timing: TimingReport & {
    /** Whether `targetMHz` was asked for, by --mhz or by the board's clock. */
    readonly isRequired: boolean;
    readonly isMet: boolean;
  };
  /** null for a user's circuit, and for weights in logic. */
  readonly throughput: ThroughputDocument | null;
  /** How `--fill` came to the size; null without it. */
  readonly fill: FillDocument | null;
  readonly checks: readonly CheckDocument[];
  readonly tools: readonly ToolTime[];
  readonly seconds: {
    /** From the start of the process to the report. */
    readonly total: number;
    /** Wall clock in which Yosys, nextpnr or icepack ran; loading them is not in it. */
    readonly tools: number;
    /** What the command added: total - tools. */
    readonly added: number;
  };
  /** What each placement reached. */
  readonly seeds: readonly {
    readonly seed: number;
    /** null if nextpnr found no placement with this seed, or if no path is clocked. */
    readonly fmaxMHz: number | null;
    /** Wall clock that nextpnr ran; 0 if it found no placement. */
    readonly seconds: number;
  }[];
  readonly warnings: readonly string[];
  /** The files beside this one. */
  readonly files: readonly string[];
}

/** Rates in 10^9 MACs a second at `fmaxMHz`. */
export interface ThroughputDocument {
  readonly macsPerCycle: number;
  /** Logic cells of the array alone, without streams and wrapper, for each MAC of a cycle. */
  readonly lcPerMac: number;
  readonly peakGmacs: number;
  /**
   * `peakGmacs` times the part of the peak that the check's product kept up; null with `--fill`, where the array stands
   * alone and what it sustains depends on what will feed it.
   */
  readonly sustainedGmacs: number | null;
  /** What the device could do at most with this product, at this clock: the limit that `roofline` tells. */
  readonly rooflineGmacs: number;
  readonly roofline: RooflineDocument;
}
