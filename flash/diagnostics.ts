/** What is told where a bitstream does not get onto a board: one function a diagnostic. */
import { Diagnostic } from '../diagnostic/index.ts';
import type { UsbDevice } from './usb.ts';

/** What a message needs to know of a board. */
interface Told {
  readonly name: string;
  readonly title: string;
  readonly programmer: { readonly usb: string; readonly note?: string | undefined };
}

export function noProgrammer(
  board: Told,
  known: readonly { readonly name: string; readonly install: string | undefined }[],
): Diagnostic {
  const ways = known.map(({ name, install }) => (install === undefined ? name : `${name}: ${install}`));
  return new Diagnostic({
    code: 'TCT-9001',
    seen:
      known.length === 0
        ? `no program writes the flash of board '${board.name}' here, and no drive of it is mounted`
        : `none of the programs that write the flash of board '${board.name}' is installed`,
    help:
      ways.length === 0
        ? "plug it in and wait for its drive, or add 'commands' to the 'programmer' of its file"
        : `install one of them: ${ways.join('; ')}`,
  });
}

export function programmerNotForBoard(
  board: Told,
  tool: string,
  known: readonly string[],
  isProgram: boolean,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9002',
    seen: isProgram
      ? `'${tool}' does not program board '${board.name}'`
      : `'${tool}' is no program that is known to write the flash of board '${board.name}'`,
    help: known.length === 0 ? 'add a command to its file' : `use ${known.join(' or ')}`,
    exitStatus: 2,
  });
}

export function boardNotFound(board: Told): Diagnostic {
  const { usb, note } = board.programmer;
  return new Diagnostic({
    code: 'TCT-9003',
    seen: `no ${board.title} is plugged in: no USB device has its id ${usb}`,
    help: `look at the cable (many only carry power), the port and the hub${note === undefined ? '' : `; ${lower(note)}`}; 'lsusb' lists what is there`,
  });
}

export function mayNotOpen(board: Told, device: UsbDevice): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9004',
    seen: `the ${board.title} is plugged in (${told(device)}), but you may not open it`,
    help:
      `as root write this line to /etc/udev/rules.d/53-${board.name}.rules: ${udevRule(device.id)} ` +
      "- then run 'udevadm control --reload-rules' and plug the board in again",
  });
}

export function otherBoard(board: Told, found: readonly UsbDevice[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9005',
    seen: `what is plugged in is no ${board.title}: ${found.map(told).join(', ')}`,
    help: `name the right board with --board, or this device with --usb ${at(found[0]!)} if you know that it is one`,
  });
}

export function ambiguousBoard(board: Told, found: readonly UsbDevice[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9006',
    seen: `${found.length} devices may be the ${board.title}: ${found.map(told).join(', ')}`,
    help: `choose one with --usb, for example --usb ${at(found[0]!)}`,
    exitStatus: 2,
  });
}

export function usbNotThere(board: Told, usb: string, found: readonly UsbDevice[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9007',
    seen: `no device with the id ${board.programmer.usb} of the ${board.title} is at '${usb}' on the USB`,
    help: found.length === 0 ? 'none is plugged in' : `there is ${found.map(told).join(', ')}`,
    exitStatus: 2,
  });
}

export function wrongBitstream(
  file: string,
  seen: string,
  board: { readonly name: string; readonly device: string },
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9008',
    seen: `'${file}' is no bitstream for the ${board.device} of board '${board.name}': ${seen}`,
    help: `build one with: hdl-gen build --board ${board.name}`,
    exitStatus: 2,
  });
}

export function programmerFailed(command: readonly string[], how: string, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9009',
    seen: `'${command[0]}' failed: ${how}`,
    help: why,
  });
}

export function copyFailed(drive: string, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9010',
    seen: `the bitstream could not be copied to '${drive}': ${why}`,
    help: 'plug the board in again, wait until its drive is mounted, and try again',
  });
}

export function noFlashAnswers(board: Told, question: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9011',
    seen: `no flash answers on what should be the ${board.title}: '${question.join(' ')}' read no id`,
    help: `nothing was written; ${silentFlash}`,
  });
}

export function otherChip(board: Told & { readonly device: string }, chip: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9012',
    seen: `the bootloader that is plugged in is on an '${chip}', and the ${board.title} has an ${board.device}`,
    help: 'nothing was written; name the right board with --board',
  });
}

export function smallFlash(board: Told, size: number, bytes: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9013',
    seen: `the flash of the ${board.title} holds ${size.toLocaleString('en')} bytes, and ${bytes.toLocaleString('en')} are to be written`,
    help: 'nothing was written; look whether this is the board that is meant',
  });
}

export function notAsked(question: readonly string[], how: string, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9014',
    seen: `the board could not be asked before it is written: '${question.join(' ')}' failed: ${how}`,
    help: why,
  });
}

export function cannotChoose(what: string, usb: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-9015',
    seen: `${what} cannot be told which one of several devices is meant`,
    help: `leave only the board that is meant plugged in${usb === undefined ? '' : ', and leave --usb out'}; or take another program with --with`,
    exitStatus: 2,
  });
}

/** What a message says of a flash that does not answer. */
export const silentFlash =
  'look at the power and the jumpers of the board, and whether this is the board that is meant';

/** The rule that lets whoever sits at the computer open such a device. */
export function udevRule(id: string): string {
  const [vendor, product] = id.split(':');
  return `SUBSYSTEM=="usb", ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", MODE="0660", TAG+="uaccess"`;
}

function told(device: UsbDevice): string {
  return `${device.name === '' ? device.id : `'${device.name}'`} at ${at(device)}`;
}

function at({ bus, address }: UsbDevice): string {
  return `${bus}:${address}`;
}

function lower(text: string): string {
  return (text[0]!.toLowerCase() + text.slice(1)).replace(/\.$/, '');
}
