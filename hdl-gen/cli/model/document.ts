import type { CheckDocument } from '../documents.ts';

/** What `hdl-gen model quantise` has written. */
export interface QuantiseDocument {
  readonly schema: 'tercet.model-quantise/1';
  readonly version: string;
  readonly from: string;
  readonly file: string;
  readonly bytes: number;
  readonly scheme: string;
  readonly layers: readonly {
    readonly name: string;
    readonly rows: number;
    readonly columns: number;
    readonly bitsPerWeight: number;
    /** |W - what it became| / |W| */
    readonly weightError: number;
    /** Rows of all planes, and how often each is flushed. */
    readonly planes: readonly { readonly name: string; readonly rows: number; readonly blocks: number }[];
  }[];
}

/** A layer that has been run. */
export interface RunLayerDocument {
  readonly name: string;
  readonly scheme: string;
  readonly rows: number;
  readonly columns: number;
  /** Rows of all planes. */
  readonly planeRows: number;
  /** Times that weights were written; more than its products where the layer is larger than the core. */
  readonly loads: number;
  /** Cycles in which the core worked, and what the plan told before. */
  readonly cycles: number;
  readonly plannedCycles: number;
  /** What goes between host and core, without what the link puts around it. */
  readonly bytes: { readonly weights: number; readonly activations: number; readonly results: number };
  /** Of the clock of the board, or of this machine with a port; without a wire only that of the core is known. */
  readonly seconds: {
    readonly loading: number | null;
    readonly transfer: number | null;
    readonly computing: number;
  };
  readonly check: CheckDocument;
  /** |y - that of floats| / |that of floats|, for the same inputs. */
  readonly outputError?: number;
}

/** What `hdl-gen model run` tells. */
export interface ModelRunDocument {
  readonly schema: 'tercet.model-run/1';
  readonly version: string;
  readonly file: string;
  readonly inputs: string;
  readonly vectors: number;
  readonly board: string;
  readonly on: 'port' | 'board' | 'core' | 'netlist';
  readonly port: string | null;
  readonly baud: number;
  readonly core: Readonly<Record<string, number | string | boolean>>;
  readonly layers: readonly RunLayerDocument[];
  readonly cycles: number;
  /** From the first byte to the last; null without a wire. */
  readonly wholeSeconds: number | null;
  readonly simulation?: { readonly cycles: number; readonly cyclesPerSecond: number };
  readonly checks: readonly CheckDocument[];
  /** Of all layers, each on what the one before gave. */
  readonly outputError?: number;
  readonly classification?: {
    readonly accuracy: number;
    readonly right: number;
    readonly of: number;
    /** Of the float layers, where these are given. */
    readonly floatAccuracy?: number;
  };
}
