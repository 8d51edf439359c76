import { basename } from 'node:path';
import type { Board } from '../constraints/index.ts';
import { boardNotFound, noFlashAnswers, notAsked, otherChip, smallFlash } from './diagnostics.ts';
import type { FlashPlan } from './plan.ts';
import { flashId, readsNothing, reasonNotAsked } from './reasons.ts';
import type { FlashRun } from './run.ts';
import { spawned } from './spawned.ts';

/**
 * Asks a board who it is before it is written, as far as its program can: iceprog and openFPGALoader read the id of the flash (an iCE40
 * itself has none that could be read), tinyprog asks the bootloader which chip it is on, dfu-util looks whether the device takes a file.
 * @param bytes of what will be written.
 * @returns what was told, in a few words; undefined where the program cannot ask, or was told nothing.
 * @throws Diagnostic TCT-9003 where no board is there, TCT-9011 where no flash answers, TCT-9012 for another chip, TCT-9013 for a flash that
 *   is too small, TCT-9014 where the program fails.
 */
export async function askBoard(
  plan: FlashPlan,
  board: Board,
  bytes: number,
  run: Omit<FlashRun, 'usb'>,
): Promise<string | undefined> {
  if (plan.kind === 'copy' || plan.question === undefined) return undefined;
  const program = basename(plan.question[0]!);
  const { usb } = board.programmer;
  const ended = await spawned(plan.question, run);
  const { output } = ended;
  if (readsNothing(output)) throw noFlashAnswers(board, plan.question);
  const failure = ended.failure ?? /LIBUSB_ERROR_\w+/.exec(output)?.[0];
  if (failure !== undefined) throw notAsked(plan.question, failure, reasonNotAsked(ended, usb));
  if (program === 'dfu-util') {
    const found = new RegExp(`^Found (DFU|Runtime): \\[${usb}\\]`, 'im').exec(output);
    if (found === null) throw boardNotFound(board);
    return `takes a file by DFU`;
  }
  const chip = /^\s*FPGA:\s*(\S+)/m.exec(output)?.[1];
  if (chip !== undefined) {
    if (!chip.toLowerCase().startsWith(`ice40${board.device}`)) throw otherChip(board, chip);
    return `its bootloader is on an ${chip}`;
  }
  const id = flashId(output);
  if (id === undefined) return undefined;
  // The third byte is the logarithm of the size, of most makers.
  const [, , size = 0] = id;
  if (size >= 0x10 && size <= 0x20 && 2 ** size < bytes) throw smallFlash(board, 2 ** size, bytes);
  const digits = id.slice(0, 3).map(byte => byte.toString(16).padStart(2, '0'));
  return `flash ${digits.join(' ')}`;
}
