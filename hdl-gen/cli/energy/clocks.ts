import type { Diagnostic } from '../../../diagnostic/index.ts';
import { clocksOf } from '../../../energy/index.ts';
import { nearestName, type PlacedDesign } from '../../../synth/index.ts';
import { noSuchPort, notOfForm } from '../diagnostics.ts';
import { severalClocks } from './diagnostics.ts';

/** The clocks of a design that have their own MHz, by the net that clocks. */
export interface AskedClocks {
  readonly clocks: ReadonlyMap<number, number>;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads `NAME=MHZ` for clocks of a design. All others have the clock of `--mhz`, and if these are several, a warning says so.
 * @throws Diagnostic TCT-6038 for what is not of this form, TCT-6039 for a clock that the design does not have.
 */
export function clocksAsked(
  asked: readonly string[] = [],
  design: PlacedDesign,
  clockMHz: number,
): AskedClocks {
  const own = clocksOf(design);
  const names = [...new Set(own.map(({ name }) => name))];
  const clocks = new Map<number, number>();
  for (const text of asked) {
    const [, name, digits] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const megahertz = Number(digits);
    if (name === undefined || megahertz > 1000)
      throw notOfForm('--clock-mhz', text, 'NAME=MHZ, from 0 to 1000 MHz');
    if (!names.includes(name))
      throw noSuchPort('--clock-mhz', name, 'clock', names, nearestName(name, names));
    for (const clock of own) if (clock.name === name) clocks.set(clock.net, megahertz);
  }
  const others = [...new Set(own.filter(({ net }) => !clocks.has(net)).map(({ name }) => name))];
  return { clocks, warnings: others.length < 2 ? [] : [severalClocks(others, clockMHz)] };
}
