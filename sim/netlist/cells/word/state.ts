import type { CellReader, NetlistCell } from '../../cell.ts';
import { type Control, type StateControls, state } from '../state.ts';

/** Flip-flops and latches of many bits. Parameters tell at which level or edge each control counts. */

type Part = (cell: NetlistCell) => StateControls;

function control(cell: NetlistCell, port: string): Control {
  return { port, isLow: !cell.flag(`${port}_POLARITY`) };
}

const clock: Part = cell => ({ clock: control(cell, 'CLK') });
const enable: Part = cell => ({ enable: control(cell, 'EN') });
const reset =
  (waits: boolean): Part =>
  cell => ({ reset: { ...control(cell, 'SRST'), value: cell.value('SRST_VALUE'), waits } });
const asynchronousReset: Part = cell => ({
  asynchronousReset: { ...control(cell, 'ARST'), value: cell.value('ARST_VALUE') },
});
const load: Part = cell => ({ load: { ...control(cell, 'ALOAD'), value: 'AD' } });
const setAndClear: Part = cell => ({ set: control(cell, 'SET'), clear: control(cell, 'CLR') });

function has(...parts: readonly Part[]): CellReader {
  return state(cell => Object.assign({}, ...parts.map(part => part(cell))) as StateControls);
}

/** It takes D at every step of a formal proof, which a simulation does not have. */
const withoutClock: CellReader = {
  outputs: ['Q'],
  read: cell => cell.refuse('it has no clock, so it belongs to a formal proof'),
};

export const states: Readonly<Record<string, CellReader>> = {
  $dff: has(clock),
  $dffe: has(clock, enable),
  $sdff: has(clock, reset(false)),
  $sdffe: has(clock, enable, reset(false)),
  $sdffce: has(clock, enable, reset(true)),
  $adff: has(clock, asynchronousReset),
  $adffe: has(clock, enable, asynchronousReset),
  $aldff: has(clock, load),
  $aldffe: has(clock, enable, load),
  $dffsr: has(clock, setAndClear),
  $dffsre: has(clock, enable, setAndClear),
  $dlatch: has(enable),
  $adlatch: has(enable, asynchronousReset),
  $dlatchsr: has(enable, setAndClear),
  $sr: has(setAndClear),
  $ff: withoutClock,
  $anyinit: withoutClock,
};
