import { spawn } from 'node:child_process';
import { copyFailed, programmerFailed, udevRule } from './diagnostics.ts';
import { copyToDrive } from './drive.ts';
import type { FlashPlan } from './plan.ts';

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
export async function runFlash(plan: FlashPlan, { usb, onOutput, signal }: FlashRun): Promise<void> {
  if (plan.kind === 'copy') {
    try {
      copyToDrive(plan.command[1]!, plan.drive);
    } catch (error) {
      throw copyFailed(plan.drive, (error as Error).message);
    }
    return;
  }
  const [program, ...args] = plan.command;
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput?.(text);
    });
  }
  const how = await new Promise<string | undefined>(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', (status, killedBy) => {
      if (killedBy !== null) resolve(`ended by ${killedBy}`);
      else resolve(status === 0 ? complaint(output) : `exit status ${status}${lastLine(output)}`);
    });
  });
  if (how !== undefined) throw programmerFailed(plan.command, how, reasonOf(output, usb));
}

/** Some programs end well and only say that the chip did not start. */
function complaint(output: string): string | undefined {
  const line = output
    .split(/[\r\n]+/)
    .find(each => /cdone: low\s*$|wait for cdone.*fail|verify.*fail/i.test(each));
  // Before writing CDONE is low by right: what counts is the last word.
  const last = [...output.matchAll(/cdone:?\s*(low|high|fail|done)/gi)].at(-1)?.[1]?.toLowerCase();
  return line !== undefined && (last === undefined || last === 'low' || last === 'fail')
    ? `it says '${line.trim()}'`
    : undefined;
}

function lastLine(output: string): string {
  const lines = output.split(/[\r\n]+/).map(line => line.trim());
  const line = lines.filter(each => each !== '' && each !== 'ABORT.').at(-1);
  return line === undefined ? '' : `, '${line}'`;
}

/** What its words mean, and what to do. */
function reasonOf(output: string, usb: string): string {
  if (/LIBUSB_ERROR_ACCESS|permission|access denied|usb_open\(\) failed|cannot open device/i.test(output))
    return `you may not open the board; a udev rule allows it: ${udevRule(usb)}`;
  if (/can't find|not found|no dfu capable|no bootloaders? found|failed to claim cable/i.test(output))
    return `it found no board with the USB id ${usb}: look at the cable and the port; it says the same where you may not open it, which a udev rule allows: ${udevRule(usb)}`;
  if (/busy|LIBUSB_ERROR_BUSY|claimed/i.test(output))
    return 'another program has the board open: close serial terminals and other programmers';
  if (/cdone/i.test(output))
    return 'the flash was written, but the chip did not start from it: look at the jumpers of the board, and that the bitstream is for its chip';
  return 'its own words are above; run the command by hand to try again';
}
