import type { Interval } from '../../ir/index.ts';

/** One name in a trace. */
export interface TracedSignal {
  /** Dots separate the levels of the hierarchy. */
  readonly path: string;
  readonly interval: Interval;
  /** Signals that are one and the same net have the same number. */
  readonly net: number;
}

/** A clock in a trace. */
export interface TracedDomain {
  /** The name of the clock: `clk`, `fast_clk`. */
  readonly clock: string;
}

/** A value in a trace: a number, or where none is known `x`, and where none is to be shown `-`. */
export type TracedValue = bigint | 'x' | '-';

/** Something that takes down how signals change. */
export interface TraceSink {
  /** Called once, before all others. */
  begin(circuit: string, signals: readonly TracedSignal[], domains: readonly TracedDomain[]): void;

  /** The signal (by its place in the list) has this value from the next `cycle` on. At first each signal has one. */
  change(signal: number, value: TracedValue): void;

  /**
   * The changes of one cycle are complete: these are the values just before the edge that ends it.
   *
   * @param edge the domains (by their place in the list) that had the edge which began the cycle: none in the first.
   */
  cycle(edge: readonly number[]): void;

  /** Called once, after all others. */
  end(): void;
}
