/**
 * What is known of a claim. `proved`: for all inputs and for all time. `tested`: with some inputs. `bounded`: for all
 * inputs, in the first cycles from power-up. `refuted`: there is a counterexample. `open`: not decided in the time.
 */
export type ClaimStatus = 'proved' | 'tested' | 'bounded' | 'refuted' | 'open';

/** Inputs that show that a claim does not hold. */
export interface Counterexample {
  /** Cycles from power-up; the claim fails in the last one. */
  readonly cycles: number;
  /** The inputs in each cycle, as text, by name. */
  readonly inputs: readonly Readonly<Record<string, string>>[];
  /** Whether our own engine does the same with these inputs. */
  readonly replayed: boolean;
  /** The end of it as text. */
  readonly waveform: string;
}

/** What was found of a claim. */
export interface Finding {
  readonly status: ClaimStatus;
  /** How it was decided, in words. */
  readonly how: string;
  readonly counterexample?: Counterexample;
}
