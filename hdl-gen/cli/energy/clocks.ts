import type { Diagnostic } from '../../../diagnostic/index.ts';
import { clocksOf } from '../../../energy/index.ts';
import { nearestName, type PlacedDesign } from '../../../synth/index.ts';
import { conflict, noSuchPort, notOfForm } from '../diagnostics.ts';
import { severalClocks } from './diagnostics.ts';

const option = '--clock-mhz';

/**
 * Reads `NAME=MHZ` for clocks that have their own.
 * @throws Diagnostic TCT-6038 for what is not of this form, TCT-6006 for a clock with two.
 */
export function readClocks(asked: readonly string[] = []): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const text of asked) {
    const [, name, digits] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const megahertz = Number(digits);
    if (name === undefined || megahertz > 1000) throw notOfForm(option, text, 'NAME=MHZ, from 0 to 1000 MHz');
    const before = found.get(name);
    if (before !== undefined && before !== megahertz)
      throw conflict(`${option} ${name}=${before}`, `${option} ${text}`, 'a clock has one of them');
    found.set(name, megahertz);
  }
  return found;
}

/** The clocks of a design that have their own MHz, by the net that clocks. */
export interface OwnClocks {
  readonly clocks: ReadonlyMap<number, number>;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Finds clocks in a design. All others have the clock of `--mhz`, and if these are several, a warning says so.
 * @throws Diagnostic TCT-6039 for a clock that the design does not have.
 */
export function clocksIn(
  design: PlacedDesign,
  asked: ReadonlyMap<string, number>,
  clockMHz: number,
): OwnClocks {
  const own = clocksOf(design);
  const names = [...new Set(own.map(({ name }) => name))];
  for (const name of asked.keys())
    if (!names.includes(name)) throw noSuchPort(option, name, 'clock', names, nearestName(name, names));
  const clocks = new Map(
    own.flatMap(({ net, name }) => (asked.has(name) ? [[net, asked.get(name)!] as const] : [])),
  );
  // What logic makes of a clock changes as its net does.
  const derived = new Set(own.flatMap(({ name, isDerived }) => (isDerived ? [name] : [])));
  const others = names.filter(name => !asked.has(name) && !derived.has(name));
  return { clocks, warnings: others.length < 2 ? [] : [severalClocks(others, clockMHz)] };
}
