/**
 * The PLL of an iCE40 device, in its simple feedback path: how a clock is made from that of a pin.
 *
 *     comparison = pin / (DIVR + 1)              10 to 133 MHz
 *     oscillator = comparison * (DIVF + 1)       533 to 1066 MHz
 *     clock      = oscillator / 2^DIVQ           16 to 275 MHz
 *
 * Limits and the ranges of the filter are those of Lattice's 'iCE40 sysCLOCK PLL Design and Usage Guide' and of icepll of
 * Project IceStorm.
 */
import { clockOutOfReach, noPll, pinClockOutOfReach } from './diagnostics.ts';

/** What a PLL is set to. */
export interface PllSettings {
  /** 0 to 15, 0 to 127, 1 to 6. */
  readonly divr: number;
  readonly divf: number;
  readonly divq: number;
  /** 1 to 6, by the frequency at which it compares. */
  readonly filterRange: number;
  /** The clock that comes out. */
  readonly MHz: number;
}

const limits = { pin: [10, 133], compared: [10, 133], oscillator: [533, 1066], clock: [16, 275] } as const;
const most = { divr: 15, divf: 127, divq: 6 } as const;

/** Up to which frequency of comparison, in MHz, each range of the filter goes; above all of them it is the next. */
const filterRanges = [17, 26, 44, 66, 101] as const;

function isWithin(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}

/**
 * The settings that come nearest to a clock; of several, those with the highest frequency of comparison, which jitters least.
 * @param device its name, and how many PLLs it has.
 * @throws Diagnostic TCT-4055 where there is no PLL, TCT-4056 for a pin whose clock it does not take, TCT-4057 for a clock that it
 *   does not make.
 */
export function pllSettings(
  device: { readonly name: string; readonly pll: number },
  pinMHz: number,
  askedMHz: number,
): PllSettings {
  if (device.pll === 0) throw noPll(device.name, askedMHz);
  if (!isWithin(pinMHz, limits.pin)) throw pinClockOutOfReach(pinMHz, limits.pin);
  if (!isWithin(askedMHz, limits.clock)) throw clockOutOfReach(askedMHz, limits.clock);
  let best: PllSettings | undefined;
  for (let divr = 0; divr <= most.divr; divr++) {
    const compared = pinMHz / (divr + 1);
    if (!isWithin(compared, limits.compared)) continue;
    for (let divf = 0; divf <= most.divf; divf++) {
      const oscillator = compared * (divf + 1);
      if (!isWithin(oscillator, limits.oscillator)) continue;
      for (let divq = 1; divq <= most.divq; divq++) {
        const MHz = oscillator / 2 ** divq;
        if (best !== undefined && Math.abs(MHz - askedMHz) >= Math.abs(best.MHz - askedMHz)) continue;
        const range = filterRanges.findIndex(limit => compared < limit);
        best = { divr, divf, divq, filterRange: range < 0 ? filterRanges.length + 1 : range + 1, MHz };
      }
    }
  }
  if (best === undefined) throw clockOutOfReach(askedMHz, limits.clock);
  return best;
}
