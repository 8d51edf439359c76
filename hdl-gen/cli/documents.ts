import type { CostEstimate } from '../../estimate/index.ts';

import type { MemoryInterfaceName } from './interface-options.ts';
import type { LinkRate } from './link-rate.ts';
import type { RooflineDocument } from './roofline-report.ts';

/*
 * The JSON documents that the command prints and writes. A field that may grow a new neighbour is no reason for a
 * new version; a field that changes its meaning is.
 */

/** One port of the top module. */
export interface PortDocument {
  readonly name: string;
  readonly direction: 'input' | 'output';
  /** All bits of the port: `elements` x `elementBits`, element 0 in the lowest bits. */
  readonly bits: number;
  readonly elements: number;
  readonly elementBits: number;
  /** The interval of each element; a text where a number would not be exact. */
  readonly min: number | string;
  readonly max: number | string;
  /** What it is for, in a few words. */
  readonly meaning?: string;
}

/** How an array was made. */
export interface ConfigDocument {
  readonly lanes: number;
  readonly rows: number;
  readonly activationBits: number;
  readonly maxK: number;
  /** Of `table` alone. */
  readonly maxM?: number;
  readonly initBits: number;
  readonly pipeline: number;
  readonly weights: string;
  readonly encoding: string;
  readonly arch: string;
  readonly seed: number;
}

/** How a matrix was made into logic. */
export interface HardwiredConfig {
  readonly arch: 'hardwired';
  readonly form: 'parallel' | 'serial';
  /** The file of the weights. */
  readonly weights: string;
  /** Rows and columns of the matrix. */
  readonly m: number;
  readonly k: number;
  readonly nonZeroWeights: number;
  readonly activationBits: number;
  readonly pipeline: number;
  readonly seed: number;
}

/** `manifest.json` of `hdl-gen`. With `--json` it has the folder too, as `out`. */
export interface Manifest {
  readonly schema: 'tercet.manifest/1';
  /** The version of Tercet. */
  readonly version: string;
  /** The call that makes the same files again. */
  readonly command: string;
  readonly config: ConfigDocument;
  readonly interface: 'stream' | 'axi';
  readonly top: string;
  readonly ports: readonly PortDocument[];
  /** Edges from the last beat of a sum to the sum, while nothing waits. */
  readonly latencyCycles: number;
  readonly macsPerCycle: number;
  /** What it will take and reach, before anything is synthesised: on the device, or on an HX8K and an UP5K; for bare streams. */
  readonly estimates: readonly CostEstimate[];
  readonly accumulator: { readonly min: number; readonly max: number; readonly bits: number };
  readonly vectors: { readonly beats: number; readonly sums: number; readonly testbench: string };
  /** The files beside this one. */
  readonly files: readonly string[];
}

/** `manifest.json` of `hdl-gen --interface wishbone`, `uart` and `spi`. With `--json` it has the folder too, as `out`. */
export interface MemoryManifest {
  readonly schema: 'tercet.core/1';
  readonly version: string;
  /** The call that makes the same files again. */
  readonly command: string;
  /** The parameters of the core (`CoreParameters`). */
  readonly config: Readonly<Record<string, string | number | boolean>>;
  /** What the register `configuration` reads as. */
  readonly configurationHash: number;
  readonly interface: MemoryInterfaceName;
  /** The clock that a link was made for; null for a bus, which goes with any. */
  readonly clockMHz: number | null;
  /** Bits a second of a UART. */
  readonly baud: number | null;
  readonly top: string;
  readonly ports: readonly PortDocument[];
  /** The parts of the address space, in words of 32 bits. */
  readonly windows: readonly { readonly name: string; readonly firstWord: number; readonly words: number }[];
  /** The blocks that its memories take. */
  readonly memories: { readonly bram: number; readonly spram: number };
  /** Transfers on a bus, or requests on a link. */
  readonly vectors: { readonly transfers: number; readonly testbench: string };
  /** The files beside this one. */
  readonly files: readonly string[];
}

/** `manifest.json` of `hdl-gen --arch hardwired`. With `--json` it has the folder too, as `out`. */
export interface HardwiredManifest {
  readonly schema: 'tercet.hardwired/1';
  readonly version: string;
  /** The call that makes the same files again. */
  readonly command: string;
  readonly config: HardwiredConfig;
  readonly top: string;
  readonly ports: readonly PortDocument[];
  /** Edges from an input to the sums of the same vector; in the serial form from each bit to the same bit. */
  readonly latencyCycles: number;
  readonly cyclesPerVector: number;
  /** Adders, shared ones counted once, and the bits of all of them. */
  readonly adders: number;
  readonly adderBits: number;
  /** The files beside this one. */
  readonly files: readonly string[];
}

/** Something that was compared with something else. */
export interface CheckDocument {
  /** What was compared with what. */
  readonly what: string;
  /** What both were given. */
  readonly inputs: string;
  readonly cycles: number;
  /** How many values were compared, and what one of them is: `sums of 256 products`. */
  readonly values: number;
  readonly unit: string;
  readonly mismatches: number;
}

/** `hdl-gen sim` with the array. */
export interface SimDocument {
  readonly schema: 'tercet.sim/1';
  readonly version: string;
  readonly config: Omit<ConfigDocument, 'weights'>;
  readonly interface: 'stream' | 'axi' | MemoryInterfaceName;
  /** With memories: the parameters of the core. */
  readonly core?: Readonly<Record<string, number | string | boolean>>;
  /** With memories: the cycles in which the host loads the weights and makes the product, and of the latter those in which the core works. */
  readonly host?: {
    readonly loadCycles: number;
    readonly productCycles: number;
    readonly workCycles: number;
  };
  readonly data: {
    readonly weights: string;
    readonly activations: string;
    readonly m: number;
    readonly k: number;
    readonly n: number;
  };
  readonly engine: 'compiled' | 'oracle';
  readonly stalls: boolean;
  readonly cycles: number;
  readonly seconds: number;
  readonly cyclesPerSecond: number;
  readonly throughput: {
    /** What the array can do at most: lanes x rows. */
    readonly peakMacsPerCycle: number;
    /** M x K x N over the cycles of the run, or with memories over those of the product. */
    readonly sustainedMacsPerCycle: number;
    readonly sustainedOfPeak: number;
    /** What the device of --device or --board could do at most, with the area that is estimated for the array. */
    readonly roofline?: RooflineDocument;
  };
  readonly checks: readonly CheckDocument[];
  readonly firstMismatch?: {
    readonly row: number;
    readonly column: number;
    readonly expected: number;
    readonly got: number;
  };
  readonly classification?: { readonly accuracy: number; readonly right: number; readonly of: number };
  readonly files: readonly string[];
}

/** `hdl-gen sim --arch hardwired`. */
export type HardwiredSimDocument = Omit<
  SimDocument,
  'config' | 'interface' | 'core' | 'host' | 'stalls' | 'throughput'
> & {
  readonly config: HardwiredConfig;
};

/** `hdl-gen sim --circuit`. */
export interface CircuitSimDocument {
  readonly schema: 'tercet.sim/1';
  readonly version: string;
  readonly circuit: string;
  readonly seed: number;
  readonly cycles: number;
  readonly seconds: number;
  readonly ports: readonly PortDocument[];
  readonly checks: readonly CheckDocument[];
  readonly firstMismatch?: {
    readonly port: string;
    readonly cycle: number;
    readonly oracle: string;
    readonly engine: string;
  };
  readonly covers: readonly { readonly why: string; readonly count: number }[];
  readonly files: readonly string[];
}

/** `hdl-gen sim --verilog`. */
export interface VerilogSimDocument {
  readonly schema: 'tercet.sim/1';
  readonly version: string;
  readonly verilog: readonly string[];
  readonly top: string;
  readonly engine: 'compiled' | 'oracle';
  readonly seed: number;
  /** Cycles that were made; fewer than were asked for where the design has stopped. */
  readonly cycles: number;
  readonly seconds: number;
  readonly cyclesPerSecond: number;
  readonly clocks: readonly string[];
  readonly resets: readonly { readonly name: string; readonly activeLow: boolean; readonly cycles: number }[];
  /** The outputs in the last cycle; texts where a number would not be exact. */
  readonly outputs: Readonly<Record<string, number | string>>;
  /** All that the design has displayed. */
  readonly printed: string;
  readonly stopped?: { readonly by: string; readonly cycle: number; readonly at: string };
  readonly failures: readonly {
    readonly code: string;
    readonly message: string;
    readonly at: string | undefined;
  }[];
  readonly covers: readonly { readonly why: string; readonly count: number }[];
  readonly warnings: readonly string[];
  readonly files: readonly string[];
}

/** One thing that `hdl-gen doctor` looked for. */
export interface DoctorItem {
  readonly name: string;
  readonly found: boolean;
  readonly version?: string;
  readonly isRequired: boolean;
  readonly purpose: string;
  /** How to get it, where it is missing. */
  readonly install?: string;
}

/** `hdl-gen doctor`. */
export interface DoctorDocument {
  readonly schema: 'tercet.doctor/1';
  readonly version: string;
  readonly platform: string;
  /** Whether everything that is required is there. */
  readonly ok: boolean;
  readonly items: readonly DoctorItem[];
  /** What is plugged in and may be a board; null where the system does not tell. */
  readonly boards: readonly DoctorBoard[] | null;
  readonly ports: readonly DoctorPort[];
}

/** A USB device with the id of a board. */
export interface DoctorBoard {
  /** What it calls itself. */
  readonly name: string;
  /** `vendor:product` */
  readonly usb: string;
  readonly bus: number;
  readonly address: number;
  /** Whether this user may open it. */
  readonly isAllowed: boolean;
  /** Names of the boards that it may be. */
  readonly mayBe: readonly string[];
}

/** A serial port. */
export interface DoctorPort {
  readonly path: string;
  readonly isAllowed: boolean;
}

/** `hdl-gen flash`. */
export interface FlashDocument {
  readonly schema: 'tercet.flash/1';
  readonly version: string;
  readonly board: string;
  readonly device: string;
  readonly bitstream: string;
  /** How the bitstream came about: it was given, built by this call, or built before from the same Verilog. */
  readonly source: 'given' | 'built' | 'kept' | 'to be built';
  /** What was run, or would be run with --dry-run. */
  readonly command: readonly string[];
  /** What asks the board who it is before it is written; null where its program cannot. */
  readonly question: readonly string[] | null;
  /** What the board told; null where it tells nothing, and in a dry run. */
  readonly told: string | null;
  /** The link of the core of `hdl-gen matmul`; null for all else. */
  readonly link: LinkRate | null;
  /** The USB device that was chosen; null where the system does not tell, or none is there in a dry run. */
  readonly usb: { readonly name: string; readonly bus: number; readonly address: number } | null;
  readonly written: boolean;
}

/** What `--json` prints when a command cannot do its work. */
export interface ErrorDocument {
  readonly schema: 'tercet.error/1';
  readonly exitStatus: 1 | 2;
  readonly code: string;
  readonly message: string;
  readonly at?: string;
  readonly details: readonly string[];
  readonly help?: string;
}

/** `hdl-gen matmul --json` */
export interface MatmulDocument {
  readonly schema: 'tercet.matmul/1';
  readonly version: string;
  readonly board: string;
  /** What was used: a port, or a simulation. */
  readonly on: 'port' | 'engine' | 'netlist';
  readonly port: string | null;
  /** The clock of the core. */
  readonly clockMHz: number;
  /** Bits a second that were asked for, and how far off the divider is, in percent. */
  readonly baud: number;
  readonly baudErrorPercent: number;
  /** Parameters of the core, and the hash that tells it from others. */
  readonly core: Readonly<Record<string, number | string | boolean>>;
  readonly configuration: number;
  readonly data: {
    readonly weights: string;
    readonly activations: string;
    /** Absent without one. */
    readonly bias?: string | undefined;
    readonly m: number;
    readonly k: number;
    readonly n: number;
  };
  /** What happened to each sum: shifted to the right, cut at 0, and made the nearest of -128 to 127. */
  readonly output: { readonly shift: number; readonly relu: boolean; readonly saturate: boolean };
  /** Times that the weights were written. */
  readonly loads: number;
  /** Cycles in which the core worked, and their time at the board's clock. */
  readonly cycles: number;
  readonly seconds: number;
  /** From the first byte to the last, on the clock of the board where it is simulated. */
  readonly wholeSeconds: number;
  readonly throughput: {
    /** What the memories of weights allow, and what was sustained while the core worked. */
    readonly limitMacsPerCycle: number;
    readonly sustainedMacsPerCycle: number;
    readonly sustainedOfLimit: number;
    /** Of the time on the wire the part in which the core worked. */
    readonly workOfWhole: number;
  };
  readonly link: {
    readonly sent: number;
    readonly repeated: number;
    readonly answered: number;
    readonly damaged: number;
  };
  /** Simulated cycles of the whole board, and how many a second; absent on a port. */
  readonly simulation?: { readonly cycles: number; readonly cyclesPerSecond: number };
  readonly checks: readonly CheckDocument[];
  readonly classification?: { readonly accuracy: number; readonly right: number; readonly of: number };
  /** The results [N,M], where they are few. */
  readonly results?: readonly (readonly number[])[];
}
