import { type Board, type PllSettings, pllSettings } from '../../constraints/index.ts';
import { lockPort } from '../../rtl/top/index.ts';
import { findDevice } from '../../synth/index.ts';
import type { PllCell } from '../emit/index.ts';

/** The clock that a design on a board runs with. */
export interface BoardClock {
  readonly MHz: number;
  /** The PLL that makes it; undefined where it is that of the pin. */
  readonly pll: { readonly settings: PllSettings; readonly cell: PllCell } | undefined;
}

/**
 * The clock of a board; another one that is asked for comes from its PLL, as near as the PLL comes to it.
 * @throws Diagnostic TCT-4055 to TCT-4057 for a clock that no PLL makes.
 */
export function boardClock({ clock, device }: Board, askedMHz: number | undefined): BoardClock {
  if (askedMHz === undefined || askedMHz === clock.MHz) return { MHz: clock.MHz, pll: undefined };
  const settings = pllSettings(findDevice(device), clock.MHz, askedMHz);
  const { divr, divf, divq, filterRange, MHz } = settings;
  const cell = {
    cell: clock.pll === 'pad' ? 'SB_PLL40_PAD' : 'SB_PLL40_CORE',
    parameters: { DIVR: divr, DIVF: divf, DIVQ: divq, FILTER_RANGE: filterRange },
    lockPort,
  } as const;
  return { MHz, pll: { settings, cell } };
}

/** `48 MHz, made of 12 MHz by the PLL` */
export function clockText({ clock }: Board, { MHz, pll }: BoardClock): string {
  return pll === undefined
    ? `${MHz} MHz`
    : `${Number(MHz.toFixed(3))} MHz, made of ${clock.MHz} MHz by its PLL`;
}
