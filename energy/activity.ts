import type { PlacedDesign } from '../synth/index.ts';

/** How often the nets of a placed design change. All lists go by the index of the net in `PlacedDesign.nets`. */
export interface Activity {
  /** Seconds that the counts are of, more than 0. */
  readonly seconds: number;
  /** Changes from one cycle to the next, without any delay: what the function needs. */
  readonly functional: ArrayLike<number>;
  /** All changes with the delays of the chip; undefined where nobody has counted them. */
  readonly timed: TimedActivity | undefined;
  /** The part of all cycles that a net is 1, from 0 to 1; without it what enables a memory is taken to be 1 all the time. */
  readonly ones?: ArrayLike<number>;
  /** The clock in MHz, at least 0; of clocks whose nets are here another one. */
  readonly clockMHz: number;
  readonly clocks?: ReadonlyMap<number, number> | undefined;
}

export interface TimedActivity {
  /** At least as many as in `functional`. */
  readonly all: ArrayLike<number>;
  /** What tables give to the flip-flop of their own cell, which is no net: by the index of the cell in `PlacedDesign.cells`. */
  readonly inner: ReadonlyMap<number, { readonly functional: number; readonly all: number }>;
}

/** What a simulation with delays counted of one net. */
export interface NetCount {
  /** nextpnr's name of the net; of what has none, as it is inside a cell, `cell.LO`. */
  readonly name: string;
  /** Its number in nextpnr's netlist; undefined inside a cell. */
  readonly bit: number | undefined;
  /** How often it had another value at the end of a cycle than at its begin. */
  readonly functional: number;
  /** All its changes. */
  readonly all: number;
  /** At the end of how many cycles it was 1. */
  readonly ones: number;
}

/**
 * The activity that a simulation with delays has counted over some cycles.
 * @param clockMHz of the cycles; with 0 nothing moves.
 */
export function activityOf(
  { nets, cells }: PlacedDesign,
  { cycles, nets: counts }: { readonly cycles: number; readonly nets: readonly NetCount[] },
  clockMHz: number,
): Activity {
  const netOfName = new Map(nets.map(({ netName }, i) => [netName, i]));
  const cellOfName = new Map(cells.map(({ name }, i) => [name, i]));
  const functional = new Float64Array(nets.length);
  const all = new Float64Array(nets.length);
  // What was not counted may be 1 all the time.
  const ones = new Float64Array(nets.length).fill(1);
  const inner = new Map<number, NetCount>();
  for (const count of counts) {
    if (count.bit === undefined) {
      const cell = cellOfName.get(count.name.replace(/\.LO$/, ''));
      if (cell !== undefined) inner.set(cell, count);
      continue;
    }
    const net = netOfName.get(count.name);
    if (net === undefined) continue;
    functional[net] = count.functional;
    all[net] = count.all;
    ones[net] = count.ones / cycles;
  }
  // With a halted clock the same cycles take for ever.
  const seconds = clockMHz > 0 ? cycles / (clockMHz * 1e6) : Number.POSITIVE_INFINITY;
  return { seconds, functional, timed: { all, inner }, ones, clockMHz };
}
