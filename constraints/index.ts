/** The boards that Tercet knows: one file a board under `boards/`, and the pin constraints made from it. */
import { nearestName } from '../synth/index.ts';
import type { Board } from './board.ts';
import { alchitryCu } from './boards/alchitry-cu.ts';
import { fomu } from './boards/fomu.ts';
import { hx8kBEvn } from './boards/hx8k-b-evn.ts';
import { icebreaker } from './boards/icebreaker.ts';
import { icebreakerBitsy } from './boards/icebreaker-bitsy.ts';
import { icestick } from './boards/icestick.ts';
import { icesugar } from './boards/icesugar.ts';
import { olimexHx8kEvb } from './boards/olimex-hx8k-evb.ts';
import { picoIce } from './boards/pico-ice.ts';
import { tinyfpgaBx } from './boards/tinyfpga-bx.ts';
import { up5kBEvn } from './boards/up5k-b-evn.ts';
import { upduino } from './boards/upduino.ts';
import { unknownBoard } from './diagnostics.ts';

export type { Board, Indicator, Programmer, Uart } from './board.ts';
export { readBoard } from './board-file.ts';
export { boardSignals, type PortWiring, writePcf } from './pcf.ts';
export { type PllSettings, pllSettings } from './pll.ts';

/** Every board; each is built to a bitstream by a test. */
export const boards: readonly Board[] = [
  icebreaker,
  icebreakerBitsy,
  upduino,
  icesugar,
  picoIce,
  fomu,
  up5kBEvn,
  icestick,
  hx8kBEvn,
  alchitryCu,
  olimexHx8kEvb,
  tinyfpgaBx,
];

/**
 * The board of that name; upper and lower case, spaces and dashes make no difference.
 * @throws Diagnostic TCT-4051 that lists the known boards and suggests the nearest.
 */
export function findBoard(name: string): Board {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const found = boards.find(board => plain(board.name) === plain(name));
  if (found !== undefined) return found;
  const known = boards.map(board => board.name);
  throw unknownBoard(name, known, nearestName(name, known));
}
