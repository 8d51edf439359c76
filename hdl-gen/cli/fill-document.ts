import type { Cost, Size } from './fill-search.ts';

/** A size that was placed. */
export type FillAttempt = Size & {
  readonly estimated: Cost;
  /** null where there was no place for it. */
  readonly placed: Cost | null;
  /** Placed, and as fast as it had to be. */
  readonly isGood: boolean;
};

/** How `hdl-gen build --fill` came to its size. */
export interface FillDocument {
  /** The clock that had to be reached; null: the highest rate was looked for. */
  readonly wantedMHz: number | null;
  /** The seeds that each size was placed with. */
  readonly seeds: readonly number[];
  /** What was placed, in order. */
  readonly tried: readonly FillAttempt[];
}
