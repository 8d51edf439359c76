import { readFileSync } from 'node:fs';
import { type Board, findBoard, readBoard } from '../../constraints/index.ts';
import { type Device, findDevice } from '../../synth/index.ts';
import { cannotRead, conflict, tooFewDsps } from './diagnostics.ts';
import type { ArrayValues } from './options.ts';

/** What is built for. */
export interface Target {
  readonly device: Device;
  /** The package, where a board says it. */
  readonly package: string | undefined;
  readonly board: Board | undefined;
}

/** The device that is built for when none is named: that of most small boards. */
const defaultDevice = 'up5k';

/**
 * The device or board that the options name.
 * @throws Diagnostic TCT-4001 or TCT-4051 for an unknown name, TCT-6006 where they contradict each other, and for the
 *   JSON file of a board TCT-6031 and TCT-4054; TCT-6056 where accumulators are to be in DSP blocks that it does not have.
 */
export function chooseTarget(values: {
  readonly device: string | undefined;
  readonly board: string | undefined;
  readonly accumulator?: ArrayValues['accumulator'];
  readonly rows?: number;
}): Target {
  const target = namedTarget(values);
  const { name, dsp } = target.device;
  const { accumulator, rows = 1 } = values;
  if (accumulator === 'dsp' && rows > dsp) throw tooFewDsps(name, dsp, rows);
  return target;
}

function namedTarget(values: {
  readonly device: string | undefined;
  readonly board: string | undefined;
}): Target {
  if (values.board === undefined)
    return { device: findDevice(values.device ?? defaultDevice), package: undefined, board: undefined };
  const board = boardOf(values.board);
  const device = findDevice(board.device);
  if (values.device !== undefined && findDevice(values.device) !== device) {
    throw conflict('--device', '--board', `board ${board.name} has an ${device.name}: leave --device out`);
  }
  return { device, package: board.package, board };
}

/** What nextpnr aims at when no clock is asked for: a little more than each family of devices reaches. */
export const goalMHz: Readonly<Record<Device['yosysDevice'], number>> = { hx: 250, lp: 160, u: 110 };

/** A board that is known, or one that a JSON file describes. */
function boardOf(name: string): Board {
  if (!name.endsWith('.json')) return findBoard(name);
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (error) {
    throw cannotRead(name, error);
  }
  return readBoard(text, name);
}
