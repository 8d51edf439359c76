import { silentFlash, udevRule } from './diagnostics.ts';
import type { Ended } from './spawned.ts';

/*
 * What the words of programs mean. Those of iceprog, openFPGALoader, dfu-util and tinyprog are from their sources.
 */

/** Words that tell what kept a program from reaching the board, and what to do. */
function unreached(output: string, usb: string): string | undefined {
  if (/LIBUSB_ERROR_ACCESS|permission|access denied|usb_open\(\) failed|cannot open device/i.test(output))
    return `you may not open the board; a udev rule allows it: ${udevRule(usb)}`;
  if (/can't find|not found|no dfu capable|no active bootloaders? found|failed to claim cable/i.test(output))
    return `it found no board with the USB id ${usb}: look at the cable and the port; it says the same where you may not open it, which a udev rule allows: ${udevRule(usb)}`;
  if (/busy|LIBUSB_ERROR_BUSY|claimed/i.test(output))
    return 'another program has the board open: close serial terminals and other programmers';
  return undefined;
}

/** Why a flash was not written, and what to do. */
export function reasonOf({ output, wasStopped }: Ended, usb: string): string {
  if (wasStopped) return 'it was stopped, and the flash may be half written: write it again';
  const early = unreached(output, usb);
  if (early !== undefined) return early;
  if (/found difference between flash and file|verif\w* (failed|error)/i.test(output))
    return "what was read back is not what was written: write it again, at another port and without a hub; a flash that is protected takes nothing (iceprog: 'iceprog -p' takes the protection away)";
  if (readsNothing(output)) return `no flash answers: ${silentFlash}`;
  if (!started(output))
    return 'the flash was written, but the chip did not start from it: look at the jumpers of the board, and that the bitstream is for its chip';
  return 'its own words are above; run the command by hand to try again';
}

/** Why a board could not be asked. Nothing was written. */
export function reasonNotAsked({ output }: Ended, usb: string): string {
  return unreached(output, usb) ?? 'its own words are above; nothing was written';
}

/** The id of a flash: maker, kind and size, as JEDEC has them; undefined where nothing tells it. */
export function flashId(output: string): readonly number[] | undefined {
  const iceprog = /^flash ID:((?: 0x[0-9a-f]{2})+)/im.exec(output)?.[1]?.trim().split(' ');
  if (iceprog !== undefined) return iceprog.map(Number);
  const loader = /JEDEC ID: 0x([0-9a-f]{6})/i.exec(output)?.[1];
  return loader?.match(/../g)?.map(digits => Number.parseInt(digits, 16));
}

/** Whether a line that nobody drives was read in place of the id of a flash. */
export function readsNothing(output: string): boolean {
  const id = flashId(output)?.slice(0, 3);
  const isSilent = id?.every(byte => byte === 0xff) || id?.every(byte => byte === 0);
  return isSilent === true || /read id failed/i.test(output);
}

/**
 * Whether the chip runs, as far as that is told. CDONE is low by right before a flash is written: what counts is the last word, once the
 * flash is written.
 */
export function started(output: string): boolean {
  const written = /verify ok|wait for cdone/i.exec(output);
  if (written === null) return true;
  const last = [...output.slice(written.index).matchAll(/cdone:?\s*(low|high|fail|done)/gi)].at(-1)?.[1];
  return last === undefined || !/low|fail/i.test(last);
}
