import type { Bench, Stimulus, Witness } from '../../sim/cosim/index.ts';
import type { Design } from '../lang/index.ts';
import type { CosimDocument } from './cosim-document.ts';

/** What is co-simulated, with what is known of it before any Verilog runs. */
export interface CosimSubject {
  readonly design: Design;
  readonly bench: Bench;
  readonly stimulus: Stimulus;
  /** The reference and the engine, which have made the stimulus. */
  readonly witnesses: readonly Witness[];
  /** What each of these two is, for a person. */
  readonly about: { readonly reference: string; readonly engine: string };
  /** What is run, for a person: name and value of a line. */
  readonly what: readonly (readonly [name: string, value: string])[];
  /** The same for the document. */
  readonly document: Pick<CosimDocument, 'config' | 'data' | 'circuit'>;
}
