/**
 * A netlist with its delays, as the simulation with time has it: nets of one bit, what drives them at the edges of the
 * clock, and tables of at most four inputs between them.
 *
 * A change of a net reaches an input of a table after the delay of that input, `delayPs`, unless the net changes back in
 * less than `inertiaPs`: then neither change does. All inputs that change at one moment change together. The table is inertial: when its result becomes another one than its output has, the output
 * will follow after `risePs` or `fallPs`, whichever it does; when the result goes back before that moment, nothing will
 * happen. What is due at the very moment when the result goes back does happen. This is what `assign #(rise, fall)` does
 * in Verilog (IEEE 1364-2005, 6.1.3).
 *
 * A cell has a delay for each of its inputs, and such a table has one for all. It is that of the quickest input; what a
 * slower one takes longer is a part of its `delayPs`. That is how the cell is built: its table is a tree of
 * multiplexers, of which the quickest input chooses in the last one.
 */
export interface TimedNetlist {
  readonly nets: readonly TimedNet[];
  readonly sources: readonly TimedSource[];
  /** Each one behind those that drive its inputs. */
  readonly tables: readonly TimedTable[];
}

/** A net of one bit. */
export interface TimedNet {
  /** The name in the placed netlist. Of what has no net, as it is inside a cell: `cell.LO`. */
  readonly name: string;
  /** The number of the net in the placed netlist; undefined for what is inside a cell. */
  readonly bit: number | undefined;
}

/** A net that changes at most once in a cycle, at a moment that is known. */
export interface TimedSource {
  /** The net that it drives, as its place in the list. */
  readonly net: number;
  /** What makes it change: one edge of the clock, or the world outside, which acts together with the rising edge. */
  readonly event: 'rising' | 'falling' | 'outside';
  /** From there to the change, in ps. */
  readonly risePs: number;
  readonly fallPs: number;
}

/** A part of a logic cell: its look-up table or its carry. Or a buffer, which is a table of one input. */
export interface TimedTable {
  /** The net that it drives, as its place in the list. */
  readonly output: number;
  /** One to four, without those on which the result does not depend. */
  readonly inputs: readonly TimedInput[];
  /** Bit i is the result where the inputs, the first one lowest, are the number i. */
  readonly results: number;
  readonly risePs: number;
  readonly fallPs: number;
}

export interface TimedInput {
  readonly net: number;
  /** From a change of the net to the table, in ps. */
  readonly delayPs: number;
  /** The shortest pulse that gets through, in ps, at most `delayPs`: what the slowest part on the way takes. */
  readonly inertiaPs: number;
}

/**
 * The moment in a cycle by which every net has its last value, in ps from the rising edge, if all inputs should change
 * in the slowest way.
 */
export function settledAfterPs({ nets, sources, tables }: TimedNetlist, periodPs: number): number {
  const latest = new Float64Array(nets.length);
  for (const { net, event, risePs, fallPs } of sources)
    latest[net] = startOf(event, periodPs) + Math.max(risePs, fallPs);
  for (const { output, inputs, risePs, fallPs } of tables) {
    const arrivals = inputs.map(({ net, delayPs }) => latest[net]! + delayPs);
    latest[output] = Math.max(...arrivals) + Math.max(risePs, fallPs);
  }
  return latest.reduce((most, each) => Math.max(most, each), 0);
}

/** When in a cycle something happens that makes sources change. */
export function startOf(event: TimedSource['event'], periodPs: number): number {
  return event === 'falling' ? Math.round(periodPs / 2) : 0;
}
