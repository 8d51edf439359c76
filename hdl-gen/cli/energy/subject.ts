import type { Diagnostic } from '../../../diagnostic/index.ts';
import type { Activity } from '../../../energy/index.ts';
import type { PlacedDesign } from '../../../synth/index.ts';

/** What is estimated: a placed design, and what was counted in it. */
export interface Subject {
  /** The last part of the default folder. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** The options that make it; undefined for a design of the user's own. */
  readonly made?: string;
  readonly design: PlacedDesign;
  readonly activity: Activity;
  /** Where the counts are from: recorded, if a file has them. */
  readonly from: 'simulated' | 'recorded';
  readonly cycles: number;
  /** What its inputs were given. */
  readonly inputs: string;
  readonly fmaxMHz: number | null;
  /** The same while nobody asks for anything. */
  readonly rest?: Activity;
  readonly warnings: readonly Diagnostic[];
  /** Of a ternary array or a core with one. */
  readonly array?: ArraySubject;
}

export interface ArraySubject {
  readonly m: number;
  readonly k: number;
  /** MACs of the product in a cycle. */
  readonly macsPerCycle: number;
  /** Cycles that a vector takes. */
  readonly cyclesPerVector: number;
  /** The module of the array, and of the core around it; what is within belongs to them. */
  readonly arrayModule: string;
  readonly coreModule: string;
  /** What is in the core beside the array, in a few words. */
  readonly around: string;
}
