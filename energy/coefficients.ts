import type { Device } from '../synth/index.ts';
import { around, type Band, times } from './band.ts';
import { calibrated } from './calibrated.ts';
import { priors } from './priors.ts';

/** Where a coefficient is from: a current that was measured, a fit to several of those, or physics and literature. */
export type Origin = 'measured' | 'fitted' | 'guessed';

/** One coefficient of the model. */
export interface Coefficient extends Band {
  readonly origin: Origin;
  /** What it rests on, in a sentence. */
  readonly source: string;
}

/** What a coefficient is of, and its unit. */
export const coefficientUnits = {
  /** The configured chip without any design. */
  static: 'uA',
  /** What each pin in use adds while nothing moves. */
  staticPerPin: 'uA',
  /** What each logic cell in use adds while nothing moves. */
  staticPerCell: 'uA',
  hfosc: 'uA',
  lfosc: 'uA',
  pll: 'uA',
  /** A whole cycle, up and down, of a global network. */
  globalNetwork: 'pJ per cycle',
  /** A whole cycle of the clock in a tile with any flip-flop or memory on it, and in each flip-flop. */
  clockedTile: 'fJ per cycle',
  clockedFlipFlop: 'fJ per cycle',
  /** A change of the output of a logic cell: within the cell, and on the wire that goes to the tiles around it. */
  cellOutput: 'fJ per change',
  outputWire: 'fJ per change',
  carry: 'fJ per change',
  /** A change at an input of a logic cell. */
  pin: 'fJ per change',
  local: 'fJ per change',
  span4: 'fJ per change',
  span12: 'fJ per change',
  /** A cycle in which a port of 16 bits is enabled. */
  bramAccess: 'pJ per access',
  spramAccess: 'pJ per access',
  /** A change of a bit at the inputs of a DSP block, with all that follows inside. */
  dspInput: 'pJ per change',
  /** A change of an output pin, from the rail of its bank. */
  outputPin: 'pJ per change',
} as const;

export type CoefficientName = keyof typeof coefficientUnits;

/** A calibration: all coefficients, and the supply at which currents become powers. */
export interface Coefficients {
  /** What it holds for, `up5k`. */
  readonly device: string;
  /** The core's supply in volts. */
  readonly volts: number;
  /** Whether currents of this device were measured. */
  readonly isMeasured: boolean;
  readonly table: Readonly<Record<CoefficientName, Coefficient>>;
}

/** What the coefficients of UP5K are multiplied with for another device. */
interface Likeness {
  /** Its static current in uA, and the factors that this may be wrong by. */
  readonly static: Band;
  /** How much all else may be wrong by, either way. */
  readonly factor: number;
  readonly why: string;
}

const likenesses: Readonly<Record<Device['yosysDevice'], (device: Device) => Likeness>> = {
  // The same dice with parts locked, and the smaller one of the same family.
  u: () => ({ static: around(80, 2), factor: 1.25, why: 'the same family as UP5K' }),
  // The LP384 stands by with 21 uA (data sheet DS1040, "as low as 21 uA"); the others are taken to grow with their cells.
  lp: ({ lc }) => ({
    static: around(Math.max(21, lc / 30), 3),
    factor: 2,
    why: 'another family of the same 40 nm process',
  }),
  // The same dice made of faster transistors, which leak more: an HX4K, which has the die of the HX8K, 1,140 uA (DS1040, typical at
  // 25 degrees with a blank pattern). The HX1K is taken to have its share by cells.
  hx: ({ lc }) => ({
    static: around((1140 * lc) / 7680, 3),
    factor: 2,
    why: 'another family of the same 40 nm process',
  }),
};

/**
 * The coefficients of a device. Those of UP5K come from measurements; for another device they are a prior: UP5K's in a wider
 * band, the global network in proportion to the cells that it reaches, and a guess of the static current.
 */
export function coefficientsOf(device: Device): Coefficients {
  if (device.name === calibrated.device) return calibrated;
  const likeness = likenesses[device.yosysDevice](device);
  const source = `guessed after UP5K, as it is ${likeness.why}`;
  const widened = (band: Band, scale = 1): Coefficient => {
    const { low, mid, high } = times(band, scale);
    const { factor } = likeness;
    return { low: low / factor, mid, high: high * factor, origin: 'guessed', source };
  };
  const entries = Object.entries(calibrated.table).map(([name, band]) => [name, widened(band)]);
  const table = Object.fromEntries(entries) as Record<CoefficientName, Coefficient>;
  return {
    device: device.name,
    volts: calibrated.volts,
    isMeasured: false,
    table: {
      ...table,
      static: { ...likeness.static, origin: 'guessed', source: `${source}; see energy/coefficients.ts` },
      globalNetwork: widened(calibrated.table.globalNetwork, device.lc / priors.up5kCells),
    },
  };
}
