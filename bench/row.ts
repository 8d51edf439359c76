/** One measured figure beside the one that was asked for. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was asked for, `<= 18.6`; undefined where the row is for comparison only. */
  readonly goal: string | undefined;
  readonly reached: boolean | undefined;
}

/** A figure that is to be at most `limit`. */
export function atMost(limit: number, name: string, value: number, unit: string): Row {
  return { name, value, unit, goal: `<= ${limit}`, reached: value <= limit };
}

/** A figure that is to be at least `limit`. */
export function atLeast(limit: number, name: string, value: number, unit: string): Row {
  return { name, value, unit, goal: `>= ${limit}`, reached: value >= limit };
}

/** A figure that others are compared with. */
export function forComparison(name: string, value: number, unit: string): Row {
  return { name, value, unit, goal: undefined, reached: undefined };
}

/** A subject measures and hands out its rows as they come. */
export type Subject = (add: (row: Row) => void) => Promise<void>;

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** How many of what `work` does it does in a second, measured as often. */
export function times(count: number, work: () => number): number[] {
  return Array.from({ length: count }, () => {
    const begin = performance.now();
    const done = work();
    return done / ((performance.now() - begin) / 1000);
  });
}

/** How long the work is done before it is timed: then the processor has its speed, and the code is optimised. */
export const warmUpMs = 500;

/** How often work is timed of which the fastest counts. */
export const timedRuns = 61;

/** How fast work is that is warm: the fastest of many runs, as whatever else the machine does can only slow one down. */
export function fastest(work: () => number): number {
  for (const begin = performance.now(); performance.now() - begin < warmUpMs; ) work();
  return Math.max(...times(timedRuns, work));
}
