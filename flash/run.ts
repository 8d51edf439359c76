import { copyFailed, programmerFailed } from './diagnostics.ts';
import { copyToDrive } from './drive.ts';
import type { FlashPlan } from './plan.ts';
import { reasonOf, started } from './reasons.ts';
import { spawned } from './spawned.ts';

/** How a plan is carried out. */
export interface FlashRun {
  /** The USB id of the board, for what is said of permissions. */
  readonly usb: string;
  /** Gets what the program prints, as it comes. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Ends the program. A flash that is half written is written anew by the next call. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the bitstream.
 * @throws Diagnostic TCT-9009 with the reason, as far as the program's words tell it; TCT-9010 where a drive takes no file.
 */
export async function runFlash(plan: FlashPlan, run: FlashRun): Promise<void> {
  if (plan.kind === 'copy') {
    try {
      copyToDrive(plan.command[1]!, plan.drive);
    } catch (error) {
      throw copyFailed(plan.drive, (error as Error).message);
    }
    return;
  }
  const ended = await spawned(plan.command, run);
  // Some programs end well and only say that the chip did not start.
  const how =
    ended.failure ??
    (started(ended.output) ? undefined : "it says that CDONE, the chip's sign that it runs, stays low");
  if (how !== undefined) throw programmerFailed(plan.command, how, reasonOf(ended, run.usb));
}
