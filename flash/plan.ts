import type { Board } from '../constraints/index.ts';
import {
  ambiguousBoard,
  boardNotFound,
  cannotChoose,
  mayNotOpen,
  noProgrammer,
  otherBoard,
  programmerNotForBoard,
  usbNotThere,
} from './diagnostics.ts';
import { findProgram } from './programs.ts';
import { isNamed, type UsbDevice, type UsbPlace } from './usb.ts';

/** What is known of the computer. */
export interface Surroundings {
  /** Where a program is; undefined where it is not installed. */
  readonly locate: (program: string) => string | undefined;
  /** What is plugged in; undefined where the system does not tell. */
  readonly usb: readonly UsbDevice[] | undefined;
  /** The folder of a drive with that label. */
  readonly findDrive: (label: string) => string | undefined;
}

/** What is asked for. */
export interface FlashRequest {
  readonly board: Board;
  /** The bitstream. */
  readonly file: string;
  /** The program that has to do it; without it the first one of the board that is installed. */
  readonly tool?: string | undefined;
  /** The device that is meant, `bus:address`, where there are several. */
  readonly usb?: string | undefined;
  /** True where nothing will be written: then neither a board nor a program that is not there is an error. */
  readonly isDry?: boolean | undefined;
}

/** How it is done: a program is run, or a file is copied to a drive. */
export type FlashPlan =
  | {
      readonly kind: 'program';
      /** As a person would type it. */
      readonly command: readonly string[];
      /** The command that asks the board who it is, and writes nothing; undefined where the program cannot. */
      readonly question: readonly string[] | undefined;
      /** The device that was chosen; undefined where the system does not tell, and in a dry run where none is there. */
      readonly device: UsbDevice | undefined;
    }
  | { readonly kind: 'copy'; readonly command: readonly string[]; readonly drive: string };

/**
 * Chooses how a bitstream gets onto a board, and looks whether the board is there.
 * @throws Diagnostic TCT-9001 to TCT-9007: no programmer, or none of that name; no board, another board, several
 * boards, or no permission; TCT-9015 for a device that is named to a program, or a drive, that cannot be told which is meant.
 */
export function planFlash(request: FlashRequest, surroundings: Surroundings): FlashPlan {
  const { board, file, tool, isDry = false } = request;
  const { drive: label } = board.programmer;
  if (label !== undefined && (tool === undefined || tool === 'copy')) {
    const drive = surroundings.findDrive(label);
    if (drive !== undefined && request.usb !== undefined)
      throw cannotChoose('copying to its drive', request.usb);
    if (drive !== undefined) return { kind: 'copy', command: ['cp', file, drive], drive };
  }
  const possible = possibleCommands(request);
  const isInstalled = ([name]: readonly string[]): boolean => surroundings.locate(name!) !== undefined;
  const words = possible.find(isInstalled) ?? (isDry ? possible[0] : undefined);
  if (words === undefined) {
    const names = [...new Set(possible.map(([name]) => name!))];
    throw noProgrammer(
      board,
      names.map(name => ({ name, install: findProgram(name)?.install })),
    );
  }
  const device = surroundings.usb === undefined ? undefined : chosenDevice(request, surroundings.usb, isDry);
  const [program, ...args] = words.map(word => word.replaceAll('{file}', file));
  const several = (surroundings.usb ?? []).filter(({ id }) => id === board.programmer.usb).length > 1;
  // Where the system does not tell what is there, the program has to find what is named.
  const place = several ? device : surroundings.usb === undefined ? placeOf(request) : undefined;
  const choosing = place === undefined ? [] : findProgram(program!)?.choosing?.(place);
  if (choosing === undefined) throw cannotChoose(`'${program}'`, request.usb);
  const asking = findProgram(program!)?.asking?.([...choosing, ...args]);
  return {
    kind: 'program',
    command: [program!, ...choosing, ...args],
    question: asking === undefined ? undefined : [program!, ...asking],
    device,
  };
}

/** The commands of the board, or those of the program that is asked for. */
function possibleCommands({ board, tool }: FlashRequest): readonly (readonly string[])[] {
  const { commands, drive } = board.programmer;
  if (tool === undefined) return commands;
  const named = commands.filter(([name]) => name === tool);
  if (named.length > 0 || (tool === 'copy' && drive !== undefined)) return named;
  const known = [...commands.map(([name]) => name!), ...(drive === undefined ? [] : ['copy'])];
  throw programmerNotForBoard(
    board,
    tool,
    [...new Set(known)],
    findProgram(tool) !== undefined || tool === 'copy',
  );
}

/** The one device that the board is; undefined only in a dry run. */
function chosenDevice(
  { board, usb }: FlashRequest,
  devices: readonly UsbDevice[],
  isDry: boolean,
): UsbDevice | undefined {
  const { usb: id, product } = board.programmer;
  const found = devices.filter(device => device.id === id);
  if (usb !== undefined) {
    const { bus, address } = placeOf({ usb })!;
    const named = found.find(device => device.bus === bus && device.address === address);
    if (named === undefined) throw usbNotThere(board, usb, found);
    return allowed(board, named, isDry);
  }
  const own = product === undefined ? found : found.filter(device => isNamed(device, product));
  // A chip whose memory is empty has the name of its maker alone: it may be this board.
  const nameless = found.filter(({ name }) => !tellsABoard(name));
  const candidates = own.length > 0 ? own : product === undefined ? found : nameless;
  if (candidates.length === 1) return allowed(board, candidates[0]!, isDry);
  if (isDry) return undefined;
  if (candidates.length > 1) throw ambiguousBoard(board, candidates);
  throw found.length > 0 ? otherBoard(board, found) : boardNotFound(board);
}

/** The place that is named. */
function placeOf({ usb }: Pick<FlashRequest, 'usb'>): UsbPlace | undefined {
  if (usb === undefined) return undefined;
  const [bus, address] = usb.split(':').map(Number);
  return { bus: bus!, address: address! };
}

/** Whether a USB name is more than that of the chip. */
function tellsABoard(name: string): boolean {
  return !/^(ftdi|future technology devices)?\s*(dual rs232(-hs)?|ft2232.*|single rs232(-hs)?|ft232.*|usb.*)?$/i.test(
    name,
  );
}

function allowed(board: Board, device: UsbDevice, isDry: boolean): UsbDevice {
  if (!device.isAllowed && !isDry) throw mayNotOpen(board, device);
  return device;
}
