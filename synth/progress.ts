/** What the tools are doing, read from the lines that they print. */

/** One step forward. */
export interface ProgressEvent {
  readonly tool: 'yosys' | 'nextpnr' | 'icepack' | 'clang';
  /** What is being done, in a word or a short sentence: `Executing ABC9 pass`, `routing`. */
  readonly phase: string;
  /** Yosys' number of the pass, such as `2.4.1`. */
  readonly step?: string;
  /** nextpnr's rounds within a phase, from 1. */
  readonly iteration?: number;
  /** While routing: connections that are still to be routed. */
  readonly remaining?: number;
  /** nextpnr's seed, as several may run side by side. */
  readonly seed?: number;
}

/** Called for each step; it must not throw. */
export type OnProgress = (event: ProgressEvent) => void;

/** `2.4. Executing FLATTEN pass (flatten design).` and the like. */
export function yosysProgress(line: string): ProgressEvent | undefined {
  const found = /^(\d+(?:\.\d+)*)\. (Executing .+?)\.?$/.exec(line);
  return found === null ? undefined : { tool: 'yosys', step: found[1]!, phase: found[2]! };
}

// The first pattern that matches gives the phase; the order is that of the work.
const nextpnrPhases: readonly (readonly [RegExp, string])[] = [
  [/^Info: Packing /, 'packing'],
  [/^Info: Promoting globals/, 'promoting globals'],
  [/^Info: Creating initial .*placement/, 'placing'],
  [/^Info: Running simulated annealing/, 'refining the placement'],
  [/^Info: Routing\.\./, 'routing'],
  [/^Info: Critical path report/, 'timing'],
];

/** A reader of one nextpnr run; it remembers the phase, so that it can say what an iteration belongs to. */
export function nextpnrProgress(seed: number): (line: string) => ProgressEvent | undefined {
  let phase = '';
  return line => {
    const next = nextpnrPhases.find(([pattern]) => pattern.test(line))?.[1];
    if (next !== undefined) {
      if (next === phase) return undefined;
      phase = next;
      return { tool: 'nextpnr', phase, seed };
    }
    const placed = /^Info:\s+at iteration #(\d+)/.exec(line);
    if (placed !== null) return { tool: 'nextpnr', phase, iteration: Number(placed[1]), seed };
    // IterCnt | w/ripup wo/ripup | w/r wo/r | arcs remaining | seconds
    const routed = /^Info:\s+(\d+) \|[^|]*\|[^|]*\|\s*(\d+)\|/.exec(line);
    if (routed === null) return undefined;
    return { tool: 'nextpnr', phase, iteration: Number(routed[1]), remaining: Number(routed[2]), seed };
  };
}
