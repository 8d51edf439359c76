/** Designs with several clocks. */
import type { PlacedCell, PlacedDesign } from '../synth/index.ts';
import type { Activity, TimedActivity } from './activity.ts';
import { hasFlipFlop, isClockPort, sourceOfClock } from './clocks.ts';

/**
 * The activity of a design with several clocks, from what a simulation has counted that gives each of them an edge in every one of its
 * cycles: nets behind registers of another clock change as much more often, or more rarely, as that clock is faster or slower. What is
 * behind registers of several clocks has the fastest one of them.
 * @param clocks MHz of clocks by their net; all others have that of the activity.
 */
export function withClocks(
  design: PlacedDesign,
  activity: Activity,
  clocks: ReadonlyMap<number, number>,
): Activity {
  const { clockMHz, functional, timed } = activity;
  if (clocks.size === 0 || clockMHz === 0) return activity;
  const { ofNet, ofTable } = ratesOf(design, clockMHz, clocks);
  const scaled = (counts: ArrayLike<number>): Float64Array =>
    Float64Array.from(counts, (count, net) => (count * ofNet(net)) / clockMHz);
  const inner: TimedActivity['inner'] = new Map(
    [...(timed?.inner ?? [])].map(([cell, counts]) => {
      const factor = ofTable(cell) / clockMHz;
      return [cell, { functional: counts.functional * factor, all: counts.all * factor }];
    }),
  );
  return {
    ...activity,
    functional: scaled(functional),
    timed: timed && { all: scaled(timed.all), inner },
    clocks,
  };
}

/** MHz of what drives a net, and of what the table of a cell gives to its own flip-flop. */
function ratesOf(
  design: PlacedDesign,
  clockMHz: number,
  clocks: ReadonlyMap<number, number>,
): { ofNet(net: number): number; ofTable(cell: number): number } {
  const { nets, cells } = design;
  const known = new Map<number, number>();
  const ofClock = (net: number): number =>
    clocks.get(net) ?? clocks.get(sourceOfClock(design, net)) ?? clockMHz;
  // A table without inputs is a constant, and keeps nothing in motion.
  const ofInputs = ({ ports }: PlacedCell): number =>
    Math.max(0, ...Object.entries(ports).flatMap(([port, net]) => (isInput.test(port) ? [ofNet(net)] : [])));

  function ofNet(net: number): number {
    const before = known.get(net);
    if (before !== undefined) return before;
    // A loop of tables comes back to here.
    known.set(net, clockMHz);
    const { driver } = nets[net]!;
    const found = driver === undefined ? clockMHz : ofPort(cells[driver.cell]!, driver.port);
    known.set(net, found);
    return found;
  }

  function ofPort(cell: PlacedCell, port: string): number {
    const isRegister = hasFlipFlop(cell) && port === 'O';
    if (cell.type === 'SB_GB' || (cell.type === 'ICESTORM_LC' && !isRegister)) return ofInputs(cell);
    const own = clocksOfOutput(cell, port).flatMap(each => cell.ports[each] ?? []);
    // What comes from the world outside without a register has the clock of all that is not named.
    return own.length === 0 ? clockMHz : Math.max(...own.map(net => ofClock(net)));
  }

  return { ofNet, ofTable: cell => ofInputs(cells[cell]!) };
}

/** The ports with the clock that an output of a block changes with: a memory shows what it reads, and a pad what comes in. */
function clocksOfOutput(cell: PlacedCell, port: string): readonly string[] {
  if (cell.type === 'ICESTORM_RAM') return ['RCLK'];
  if (cell.type === 'SB_IO') return /^D_IN_/.test(port) ? ['INPUT_CLK'] : [];
  return Object.keys(cell.ports).filter(each => isClockPort(cell, each));
}

const isInput = /^(?:I[0-3]|CIN|USER_SIGNAL_TO_GLOBAL_BUFFER)$/;
