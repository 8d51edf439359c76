/** What of a net changes with it: the driver's output, the wires of each kind, and the inputs that it ends at. */
import type { PlacedCell, PlacedDesign, PlacedNet } from '../synth/index.ts';
import type { CoefficientName } from './coefficients.ts';

/** Numbers of parts by the coefficient that each one counts with. */
export type NetParts = Readonly<Partial<Record<CoefficientName, number>>>;

/** The parts of a net that are logic, and those that are wire. */
export interface SplitParts {
  readonly logic: NetParts;
  readonly wire: NetParts;
}

/** Coordinates of a tile. */
interface Tile {
  readonly x: number;
  readonly y: number;
}

/**
 * The parts of a net. Wires are those that nextpnr routed. Where it has not routed any although the net leaves its cell, they
 * are estimated from the places of its cells: as many span-4 wires as half of the perimeter around them is long.
 */
export function partsOf({ cells }: PlacedDesign, net: PlacedNet): SplitParts {
  const driver = net.driver === undefined ? undefined : cells[net.driver.cell];
  if (net.driver?.port === 'COUT')
    return { logic: { carry: 1, pin: net.sinks.filter(({ port }) => port === 'I3').length }, wire: {} };
  const pins = net.sinks.filter(({ cell, port }) => isPin(cells[cell]!, port)).length;
  const isCell = driver?.type === 'ICESTORM_LC';
  const leaves = net.sinks.length > 0;
  const { local, span4, span12 } = hasWires(net) ? net.wires : estimatedWires(cells, net);
  return {
    logic: { cellOutput: isCell ? 1 : 0, pin: pins },
    wire: { outputWire: leaves || isCell ? 1 : 0, local, span4, span12 },
  };
}

/** Whether a change at a port sets a table in motion: those of flip-flops alone do not, nor does a carry. */
function isPin({ type }: PlacedCell, port: string): boolean {
  return type !== 'ICESTORM_LC' || /^I[0-3]$/.test(port);
}

function hasWires({ wires }: PlacedNet): boolean {
  return wires.local + wires.span4 + wires.span12 + wires.global > 0;
}

function estimatedWires(
  cells: readonly PlacedCell[],
  net: PlacedNet,
): { readonly local: number; readonly span4: number; readonly span12: number } {
  const from = net.driver === undefined ? undefined : tileOf(cells[net.driver.cell]!);
  // A carry or the chained input of a table needs no wire.
  const ends = net.sinks.filter(({ cell, port }) => port !== 'CIN' && !isChained(cells[cell]!, port, net));
  const tiles = ends.map(({ cell }) => tileOf(cells[cell]!)).filter(tile => tile !== undefined);
  if (from === undefined || tiles.length === 0) return { local: ends.length, span4: 0, span12: 0 };
  const reach = (of: (tile: Tile) => number): number => {
    const places = [from, ...tiles].map(of);
    return Math.max(...places) - Math.min(...places);
  };
  const [wide, high] = [reach(tile => tile.x), reach(tile => tile.y)];
  // To the eight tiles around there are wires of their own, counted with the output.
  const span4 = wide <= 1 && high <= 1 ? 0 : Math.ceil((wide + high) / 4);
  return { local: ends.length, span4, span12: 0 };
}

/** Whether a pin takes the carry of its own cell. */
function isChained(cell: PlacedCell, port: string, net: PlacedNet): boolean {
  return port === 'I3' && net.driver?.port === 'COUT' && cell.type === 'ICESTORM_LC';
}

/** The place of a cell from `X2/Y8/lc1`; undefined where it has none. */
export function tileOf({ bel }: PlacedCell): Tile | undefined {
  const [, x, y] = /^X(\d+)\/Y(\d+)\//.exec(bel) ?? [];
  return x === undefined ? undefined : { x: Number(x), y: Number(y) };
}
