import type { Device } from '../devices.ts';

/**
 * Delays of a path in ns. Those of HX and UP are what nextpnr 0.8 tells for the steps of its paths; they come from
 * icestorm's icefuzz/timings_*.txt, by which an LP is 1.474 times as slow as an HX in every step.
 */
export interface Delays {
  /** From the clock to the output of a flip-flop. */
  readonly clockToOutput: number;
  /** The shortest way from a cell to another one that is no neighbour in a carry chain. */
  readonly route: number;
  /** Through a LUT. */
  readonly lut: number;
  /** Through a LUT and into the flip-flop behind it. */
  readonly lutSetup: number;
  /** From an operand to the first carry of a chain. */
  readonly intoCarry: number;
  /** From a carry to the next one. */
  readonly carry: number;
  /** The same from a tile of eight cells to the next one: what it takes more. */
  readonly nextTile: number;
  /** From the last carry through the LUT above it into its flip-flop. */
  readonly carrySetup: number;
  /**
   * From a LUT to a global buffer at the edge of the chip, through it, and to the enable of a register: of these the way to
   * the edge is longer the farther off the LUT is; this is what it took in arrays between streams.
   */
  readonly toEnables: number;
}

const hx: Delays = {
  clockToOutput: 0.54,
  route: 0.588,
  lut: 0.38,
  lutSetup: 0.4,
  intoCarry: 0.259,
  carry: 0.126,
  nextTile: 0.196,
  carrySetup: 0.594,
  toEnables: 3.4,
};

const u: Delays = {
  clockToOutput: 1.39,
  route: 1.761,
  lut: 1.05,
  lutSetup: 1.2,
  intoCarry: 0.675,
  carry: 0.278,
  nextTile: 0.556,
  carrySetup: 1.486,
  toEnables: 4.2,
};

const slower = (delays: Delays, times: number): Delays =>
  Object.fromEntries(
    Object.entries(delays).map(([step, delay]) => [step, delay * times]),
  ) as unknown as Delays;

const byKind: Readonly<Record<Device['yosysDevice'], Delays>> = { hx, lp: slower(hx, 1.474), u };

/** The delays of a device. */
export function delaysOf({ yosysDevice }: Device): Delays {
  return byKind[yosysDevice];
}
