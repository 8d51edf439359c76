import { basename } from 'node:path';
import type { Board } from '../constraints/index.ts';
import { boardNotFound, noFlashAnswers, notAsked, otherChip, smallFlash } from './diagnostics.ts';
import type { FlashPlan } from './plan.ts';
import { flashId, readsNothing, reasonNotAsked } from './reasons.ts';
import type { FlashRun } from './run.ts';
import { spawned } from './spawned.ts';

/** What a board tells of itself. */
export interface Answer {
  /** In a few words. */
  readonly told: string;
  /** The size of its flash, where its id tells. */
  readonly flashBytes?: number;
}

/**
 * Asks a board who it is before it is written, as far as its program can: iceprog and openFPGALoader read the id of the flash (an iCE40
 * itself has none that could be read), tinyprog asks the bootloader which chip it is on, dfu-util looks whether the device takes a file.
 * @returns undefined where the program cannot ask, or was told nothing.
 * @throws Diagnostic TCT-9003 where no board is there, TCT-9011 where no flash answers, TCT-9012 for another chip, TCT-9014 where the
 *   program fails.
 */
export async function askBoard(
  plan: FlashPlan,
  board: Board,
  run: Omit<FlashRun, 'usb'>,
): Promise<Answer | undefined> {
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
    return { told: 'takes a file by DFU' };
  }
  const chip = /^\s*FPGA:\s*(\S+)/m.exec(output)?.[1];
  if (chip !== undefined) {
    if (!chip.toLowerCase().startsWith(`ice40${board.device}`)) throw otherChip(board, chip);
    return { told: `its bootloader is on an ${chip}` };
  }
  const id = flashId(output);
  if (id === undefined) return undefined;
  // The third byte is the logarithm of the size, of most makers; what is smaller than a page or beyond 4 GiB is none.
  const [, , size = 0] = id;
  const isSize = size >= 0x08 && size <= 0x20;
  const digits = id.slice(0, 3).map(byte => byte.toString(16).padStart(2, '0'));
  return { told: `flash ${digits.join(' ')}`, ...(isSize ? { flashBytes: 2 ** size } : {}) };
}

/**
 * Compares the flash with what will be written.
 * @throws Diagnostic TCT-9013 for a flash that is too small.
 */
export function requireRoom(
  board: Board,
  { flashBytes = Number.POSITIVE_INFINITY }: Answer,
  bytes: number,
): void {
  if (flashBytes < bytes) throw smallFlash(board, flashBytes, bytes);
}
