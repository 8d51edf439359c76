import type { CellReader } from '../../cell.ts';

/*
 * What makes a clock. Each clock is a domain of its own, which the user steps as often as its frequency asks for:
 * frequencies, and the inputs that change or stop a clock, are not simulated.
 */

const unmodelled = 'its clock is a domain of its own; frequency and enable are not simulated';

/** @param outputs ports that carry one and the same clock. */
function oscillator(...outputs: readonly string[]): CellReader {
  return {
    join: cell => {
      const [first, ...others] = outputs.filter(port => cell.isConnected(port));
      if (first === undefined) return;
      cell.clockSource(first);
      for (const port of others) cell.join(port, first);
      cell.warn(unmodelled);
    },
  };
}

/**
 * A PLL: each of `outputs` is a clock, under one or two names. It is always locked.
 * @param reference the port of the clock that it is made from.
 */
function pll(reference: string, ...outputs: readonly (readonly string[])[]): CellReader {
  const clocks = outputs.map(ports => oscillator(...ports));
  return {
    outputs: ['SDO'],
    join: cell => {
      for (const clock of clocks) clock.join!(cell);
      cell.absorbClock(reference);
      cell.join('LOCK', { constant: '1' });
    },
    read: cell => cell.builder.copy(cell.output('SDO'), cell.builder.constant(0n)),
  };
}

const one = [['PLLOUTCORE', 'PLLOUTGLOBAL']];
const two = [
  ['PLLOUTCOREA', 'PLLOUTGLOBALA'],
  ['PLLOUTCOREB', 'PLLOUTGLOBALB'],
];

export const clockSources: Readonly<Record<string, CellReader>> = {
  SB_HFOSC: oscillator('CLKHF'),
  SB_LFOSC: oscillator('CLKLF'),
  ICESTORM_HFOSC: oscillator('CLKHF', 'CLKHF_FABRIC'),
  ICESTORM_LFOSC: oscillator('CLKLF', 'CLKLF_FABRIC'),
  SB_PLL40_CORE: pll('REFERENCECLK', ...one),
  SB_PLL40_PAD: pll('PACKAGEPIN', ...one),
  SB_PLL40_2_PAD: pll('PACKAGEPIN', ...two),
  SB_PLL40_2F_CORE: pll('REFERENCECLK', ...two),
  SB_PLL40_2F_PAD: pll('PACKAGEPIN', ...two),
  ICESTORM_PLL: pll('REFERENCECLK', ['PLLOUT_A', 'PLLOUT_A_GLOBAL'], ['PLLOUT_B', 'PLLOUT_B_GLOBAL']),
};
