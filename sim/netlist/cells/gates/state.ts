import type { CellReader } from '../../cell.ts';
import { type StateControls, state } from '../state.ts';

/**
 * Flip-flops and latches of one bit. The letters at the end of a type's name tell for each control in turn whether it
 * counts at 1 or a rising edge (P) or at 0 or a falling one (N); a digit is the value that the control before it gives.
 */

/** The controls of a family, in the order of the letters. A digit `v` follows a reset. */
const families: readonly (readonly [family: string, letters: string])[] = [
  ['DFF', 'C'],
  ['DFF', 'CRv'],
  ['DFFE', 'CE'],
  ['DFFE', 'CRvE'],
  ['SDFF', 'CRv'],
  ['SDFFE', 'CRvE'],
  ['SDFFCE', 'CRvE'],
  ['ALDFF', 'CL'],
  ['ALDFFE', 'CLE'],
  ['DFFSR', 'CSR'],
  ['DFFSRE', 'CSRE'],
  ['DLATCH', 'E'],
  ['DLATCH', 'ERv'],
  ['DLATCHSR', 'ESR'],
  ['SR', 'SR'],
];

function controlsOf(family: string, letters: string, name: string): StateControls {
  const find = (port: string) => {
    const at = letters.indexOf(port);
    return at < 0 ? undefined : { port, isLow: name[at] === 'N' };
  };
  const [clock, enable, load, set, reset] = [...'CELSR'].map(find);
  if (set !== undefined) return { clock, enable, set, clear: reset };
  const value = name[letters.indexOf('v')] === '1' ? 1n : 0n;
  const isSynchronous = family.startsWith('SDFF');
  return {
    clock,
    enable,
    load: load === undefined ? undefined : { ...load, value: 'AD' },
    reset:
      reset === undefined || !isSynchronous ? undefined : { ...reset, value, waits: family === 'SDFFCE' },
    asynchronousReset: reset === undefined || isSynchronous ? undefined : { ...reset, value },
  };
}

function namesOf(letters: string): string[] {
  return [...letters].reduce<string[]>(
    (names, letter) => names.flatMap(name => [...(letter === 'v' ? '01' : 'NP')].map(each => name + each)),
    [''],
  );
}

export const gateStates: Readonly<Record<string, CellReader>> = Object.fromEntries(
  families.flatMap(([family, letters]) =>
    namesOf(letters).map(name => [
      `$_${family}_${name}_`,
      { ...state(() => controlsOf(family, letters, name)), form: { widths: {} } },
    ]),
  ),
);
