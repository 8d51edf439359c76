/** The clocks of a placed design, and what hangs on them. */
import type { PlacedCell, PlacedDesign } from '../synth/index.ts';
import type { Activity } from './activity.ts';
import { tileOf } from './wires.ts';

/** One net that clocks something. */
export interface ClockNet {
  /** Index in `PlacedDesign.nets`. */
  readonly net: number;
  readonly name: string;
  /** Whether it is one of the eight global networks. */
  readonly isGlobal: boolean;
  /** Whether logic makes it, as a divider does. */
  readonly isDerived: boolean;
  /** By module: the clocked cells. */
  readonly flipFlops: ReadonlyMap<string, number>;
  /** By module: the tiles with clocked cells; one of several modules counts in parts. */
  readonly tiles: ReadonlyMap<string, number>;
}

const clockPorts: Readonly<Record<string, readonly string[]>> = {
  ICESTORM_LC: ['CLK'],
  ICESTORM_RAM: ['RCLK', 'WCLK'],
  ICESTORM_SPRAM: ['CLOCK'],
  ICESTORM_DSP: ['CLK'],
  SB_IO: ['INPUT_CLK', 'OUTPUT_CLK'],
};

/** Whether a port takes a clock. */
export function isClockPort({ type }: PlacedCell, port: string): boolean {
  return clockPorts[type]?.includes(port) ?? false;
}

/** Whether a cell has a flip-flop in use. */
export function hasFlipFlop({ type, parameters }: PlacedCell): boolean {
  return type === 'ICESTORM_LC' && Number.parseInt(parameters.DFF_ENABLE ?? '0', 2) === 1;
}

/** What one of nextpnr's constants is, which are logic cells without inputs, also behind a global buffer; undefined for all else. */
export function constantOf(design: PlacedDesign, net: number): 0 | 1 | undefined {
  const { driver } = design.nets[net]!;
  if (driver === undefined) return undefined;
  const cell = design.cells[driver.cell]!;
  const before = cell.ports.USER_SIGNAL_TO_GLOBAL_BUFFER;
  if (cell.type === 'SB_GB') return before === undefined ? undefined : constantOf(design, before);
  const inputs = Object.keys(cell.ports).filter(port => /^I[0-3]$|^CIN$/.test(port));
  if (cell.type !== 'ICESTORM_LC' || inputs.length > 0 || hasFlipFlop(cell)) return undefined;
  return (cell.parameters.LUT_INIT ?? '0').endsWith('1') ? 1 : 0;
}

/** Cycles of a clock in a second: as it is told, or as counted where it is made by logic, or as all others. */
export function clockRate({ clocks, clockMHz, functional, seconds }: Activity, net: number): number {
  const named = clocks?.get(net);
  if (named !== undefined) return 1e6 * named;
  return functional[net]! > 0 ? functional[net]! / 2 / seconds : 1e6 * clockMHz;
}

/** The net before the global buffer of a clock; the clock itself where it has none. */
export function sourceOfClock({ nets, cells }: PlacedDesign, net: number): number {
  const { driver } = nets[net]!;
  return (driver === undefined ? undefined : cells[driver.cell]!.ports.USER_SIGNAL_TO_GLOBAL_BUFFER) ?? net;
}

/** All nets that end at the clock of something, but for constants. */
export function clocksOf(design: PlacedDesign): ClockNet[] {
  const { nets, cells } = design;
  const found: ClockNet[] = [];
  for (const [index, net] of nets.entries()) {
    const clocked = net.sinks.filter(({ cell, port }) => isClockPort(cells[cell]!, port));
    if (clocked.length === 0) continue;
    const flipFlops = new Map<string, number>();
    const inTile = new Map<string, PlacedCell[]>();
    for (const { cell: at } of clocked) {
      const cell = cells[at]!;
      if (hasFlipFlop(cell)) add(flipFlops, cell.module, 1);
      const { x, y } = tileOf(cell) ?? { x: -1, y: -1 };
      const key = `${x} ${y}`;
      inTile.set(key, [...(inTile.get(key) ?? []), cell]);
    }
    const tiles = new Map<string, number>();
    for (const here of inTile.values()) for (const { module } of here) add(tiles, module, 1 / here.length);
    const driver = net.driver === undefined ? undefined : cells[net.driver.cell];
    if (constantOf(design, index) !== undefined) continue;
    const isGlobal = net.wires.global > 0 || driver?.type === 'SB_GB' || /\$glb_clk$/.test(net.name);
    const source = nets[sourceOfClock(design, index)]!.driver;
    const isDerived = source !== undefined && cells[source.cell]!.type === 'ICESTORM_LC';
    found.push({ net: index, name: net.name, isGlobal, isDerived, flipFlops, tiles });
  }
  return found;
}

export function add(map: Map<string, number>, key: string, amount: number): void {
  map.set(key, (map.get(key) ?? 0) + amount);
}
