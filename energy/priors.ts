/*
 * What physics says of the coefficients of an UP5K before any current is looked at. Calibration starts from here, and what
 * the measured designs say nothing about stays here.
 *
 * Geometry. The package UWG30 is the bare die: 2.15 x 2.55 mm (data sheet FPGA-DS-02008). It holds 26 x 32 tiles, so a tile is
 * about 80 um wide and high. Wires of a 40 nm process have about 0.2 fF for each um, as those of all processes for decades (R.
 * Ho, K. Mai, M. Horowitz, "The future of wires", Proc. IEEE 89(4), 2001). A switch that hangs on a wire adds about 0.8 fF. How
 * many hang there is in the public description of the routing (Project IceStorm): an output of a cell goes to the eight
 * tiles around it; a span-4 wire passes four tiles, a span-12 wire twelve, with about ten switches in each.
 *
 * A change of a net of capacitance C takes C V^2 / 2 from the supply on average; a clock makes two of them in a cycle.
 */
import { around, type Band, times } from './band.ts';
import type { CoefficientName } from './coefficients.ts';

/** Cells of the die on which the prior of the global network stands. */
const up5kCells = 5280;

const volts = 1.219;
const tile = 80;
const perUm = 0.2;
const perSwitch = 0.8;

/** Energy in fJ of a change of so many um of wire, switches, and fF of transistors. */
function change(um: number, switches: number, transistors = 0): number {
  return ((um * perUm + switches * perSwitch + transistors) * volts * volts) / 2;
}

interface Prior extends Band {
  /** What it rests on. */
  readonly source: string;
}

/** A prior may be wrong by `factor` either way. */
function prior(mid: number, factor: number, source: string): Prior {
  return { ...around(mid, factor), source };
}

const byGeometry = 'die, wires and switches: see energy/priors.ts';
const byGeometryFactor = 2;

const table: Readonly<Record<CoefficientName, Prior>> = {
  static: prior(75, 1.5, 'data sheet FPGA-DS-02008: 75 uA typical in standby'),
  staticPerPin: prior(0.5, 4, 'leakage of a pin in use, of unknown size'),
  // A counter of 1,536 bits took 3 uA more than one of 24 at 10 kHz (README of ice40_power), of which 0.2 uA are its clock.
  staticPerCell: prior(0.0019, 2, 'tinyvision-ai-inc/ice40_power: 1,536 bits at 10 kHz take 3 uA more'),
  hfosc: prior(50, 3, 'a ring oscillator of 48 MHz and its bias, of unknown size'),
  lfosc: prior(3, 3, 'a slow oscillator, of unknown size'),
  // 1,419, 2,029 and 2,573 uA with 16, 32 and 48 MHz, less the static current and the clock: 640, 560, 420.
  pll: prior(
    540,
    1.4,
    'tinyvision-ai-inc/ice40_power: three rows with a PLL, of which its clock is taken off',
  ),
  // 26 columns of 32 tiles and the spine that feeds them are 70 mm of wire; the buffers double it.
  globalNetwork: prior((2 * 2 * change(70_000, 0)) / 1000, 2, byGeometry),
  // Half the width of a tile, and two buffers of 12 fF.
  clockedTile: prior(2 * change(tile / 2, 0, 24), byGeometryFactor, byGeometry),
  clockedFlipFlop: prior(2 * change(0, 0, 4), byGeometryFactor, byGeometry),
  // The tree of 16 switches within a table, and the driver.
  cellOutput: prior(change(0, 0, 20), byGeometryFactor, byGeometry),
  // Four widths of a tile to the eight neighbours, with four switches in each of nine tiles.
  outputWire: prior(change(4 * tile, 36), byGeometryFactor, byGeometry),
  carry: prior(change(10, 0, 8), byGeometryFactor, byGeometry),
  // The first stages of the table behind the input.
  pin: prior(change(0, 0, 12), byGeometryFactor, byGeometry),
  local: prior(change(tile / 2, 16, 4), byGeometryFactor, byGeometry),
  span4: prior(change(4 * tile, 40, 10), byGeometryFactor, byGeometry),
  span12: prior(change(12 * tile, 120, 10), byGeometryFactor, byGeometry),
  // No energy of an access has been published. A static RAM of 4 kbit in 40 nm takes 1 to 5 pJ for 16 bits, and 256 kbit 5 to
  // 25 (as CACTI computes for low-power transistors); the routing to its pins is counted with its nets.
  bramAccess: prior(3, 3, 'size of the RAM and CACTI; no measurement is known'),
  spramAccess: prior(12, 3, 'size of the RAM and CACTI; no measurement is known'),
  // 8 x 8 bits in 45 nm and 0.9 V take 0.2 pJ (Horowitz, ISSCC 2014); four times the array, 1.2 V, and no registers between.
  dspInput: prior(0.5, 4, 'an array of 16 x 16 adders; see energy/priors.ts'),
  // Half of 10 pF at 3.3 V squared: the pin and a short trace.
  outputPin: prior((10 * 3.3 * 3.3) / 2, 3, 'a pin and a short trace of 10 pF at 3.3 V'),
};

export const priors = { volts, up5kCells, table } as const;

/** A prior times a factor that all of its kind have in common. */
export function scaledPrior(name: CoefficientName, factor: number): Band {
  return times(priors.table[name], factor);
}
