import type { Device } from '../devices.ts';
import { type Delays, delaysOf } from './delays.ts';
import type { PathShape, Structure } from './structure.ts';

/** What ways through the fabric take more than the shortest one, in shortest ways. */
export interface Routing {
  /** For twice the readers of the net. */
  readonly perFanOut: number;
  /** For twice the cells, beyond a few hundred. */
  readonly perSize: number;
  /** On a full chip. */
  readonly perFullness: number;
}

/** Cells of a carry chain that lie in one tile. */
const cellsPerTile = 8;

/**
 * The shortest clock period of a structure, in ns: the longest of its paths as short as they can be, and the detour that
 * the fullness of the chip makes of its first way.
 */
export function periodOf({ cells, paths }: Structure, device: Device, routing: Routing): number {
  const delays = delaysOf(device);
  const detour = (path: PathShape): number =>
    delays.route * detourOf(path, { cells, full: cells / device.lc }, routing);
  return Math.max(0, ...paths.map(path => shortest(path, delays) + detour(path)));
}

/** A path whose cells lie side by side. */
function shortest({ luts, chain, isGlobal = false }: PathShape, delays: Delays): number {
  const { clockToOutput, route, lut, lutSetup, intoCarry, carry, nextTile, carrySetup, toEnables } = delays;
  const start = clockToOutput + route;
  if (isGlobal) return start + luts * lut + Math.max(0, luts - 1) * route + toEnables;
  if (chain === 0) return start + Math.max(0, luts - 1) * (lut + route) + lutSetup;
  const tiles = Math.floor((chain - 1) / cellsPerTile);
  const through = intoCarry + Math.max(0, chain - 2) * carry + tiles * nextTile + carrySetup;
  return start + luts * (lut + route) + through;
}

/**
 * How much longer than the shortest the first way of a path is, in shortest ways. Nets with many readers cannot be close to
 * all of them; in a large design the placer has more paths to care for; and a full chip leaves it no choice.
 */
function detourOf(
  { fanOut }: PathShape,
  { cells, full }: { readonly cells: number; readonly full: number },
  { perFanOut, perSize, perFullness }: Routing,
): number {
  return perFanOut * Math.log2(fanOut) + perSize * Math.log2(1 + cells / 1000) + perFullness * full ** 4;
}
