import type { Band } from './band.ts';
import type { Coefficient, CoefficientName } from './coefficients.ts';
import type { Kind } from './usage.ts';

/** `energy.json`: what a design takes. All bands are low, mid and high. */
export interface EnergyDocument {
  readonly schema: 'tercet.energy/1';
  /** The version of Tercet. */
  readonly version: string;
  /** The call that does the same again. */
  readonly command: string;
  /** What was estimated, in a few words. */
  readonly subject: string;
  readonly device: string;
  /** Whether currents of this device were measured; else all coefficients are guesses after one that was. */
  readonly isMeasured: boolean;
  readonly clockMHz: number;
  /** Clocks of the design that have another one, by name. */
  readonly otherClocksMHz?: Readonly<Record<string, number>>;
  readonly activity: {
    /** simulated: with the delays of the placed design; recorded: as a VCD file has them. */
    readonly from: 'simulated' | 'recorded';
    /** Whether glitches were counted. */
    readonly hasGlitches: boolean;
    readonly inputs: string;
    readonly cycles: number;
    /** Changes of all nets in a cycle: those that the function needs, and all. */
    readonly changesPerCycle: { readonly functional: number; readonly all: number };
  };
  readonly powerMw: Band;
  /** Of it what the supply of the core feeds, as a meter in that supply would show it: all but the pins. */
  readonly coreSupply: { readonly volts: number; readonly powerMw: Band; readonly currentMa: Band };
  readonly energyPjPerCycle: Band;
  readonly byKind: Readonly<Record<Kind, { readonly powerMw: Band; readonly energyPjPerCycle: Band }>>;
  /** Keys are the modules, and `(chip)` for what belongs to none. Each counts only what is its own. */
  readonly byModule: Readonly<
    Record<string, { readonly powerMw: Band; readonly byKind: Readonly<Partial<Record<Kind, Band>>> }>
  >;
  /** How much of the middle figure rests on coefficients that were measured, fitted, guessed: parts of 1. */
  readonly restsOn: { readonly measured: number; readonly fitted: number; readonly guessed: number };
  /** Of a core with memories, while nobody asks for anything. */
  readonly atRest?: { readonly powerMw: Band; readonly byKind: Readonly<Partial<Record<Kind, Band>>> };
  /** Of a ternary array, or of a core with one. */
  readonly perMac?: {
    /** MACs of the product in a cycle, without those that fill up a beat. */
    readonly macsPerCycle: number;
    /** The array, with the static current of the chip and its clock network, but without what feeds it. */
    readonly array: MacEnergy;
    /** The array with what is around it: its streams and the wires of its inputs, or its memories, control and interface. */
    readonly core: MacEnergy;
    readonly around: string;
    /** Of the core: a vector of activations times the matrix. */
    readonly energyUjPerProduct: Band;
    readonly product: { readonly m: number; readonly k: number };
  };
  readonly coefficients: Readonly<Record<CoefficientName, Coefficient>>;
  /** Cells that the model does not know, by type. */
  readonly notModelled: Readonly<Record<string, number>>;
  readonly files: readonly string[];
}

/** What a multiply-accumulate takes. */
export interface MacEnergy {
  readonly powerMw: Band;
  readonly energyPjPerMac: Band;
  readonly byKind: Readonly<Record<Kind, Band>>;
}
