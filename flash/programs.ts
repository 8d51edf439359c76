import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { threeDigits, type UsbPlace } from './usb.ts';

/** A program that writes bitstreams. */
export interface Program {
  readonly name: string;
  /** What makes it print its version, or at least its help. */
  readonly versionArgs: readonly string[];
  readonly purpose: string;
  /** How to get it: what stands behind 'missing; '. */
  readonly install: string;
  /** What makes it take this one of several devices; undefined where it has no way to say so. */
  readonly choosing?: (place: UsbPlace) => readonly string[];
  /**
   * Of the words behind its name that write a file, those that ask the board who it is and write nothing; undefined where it cannot ask.
   */
  readonly asking?: (args: readonly string[]) => readonly string[];
}

/** The options of a call that say which device is meant, each with its value. */
function chosenBy(
  args: readonly string[],
  withValue: readonly string[],
  alone: readonly string[] = [],
): string[] {
  return args.flatMap((word, i) => {
    if (alone.includes(word)) return [word];
    return withValue.includes(word) ? [word, args[i + 1] ?? ''] : [];
  });
}

/** The programs that the boards name in their commands. */
export const programs: readonly Program[] = [
  {
    name: 'openFPGALoader',
    versionArgs: ['-V'],
    purpose: 'programming boards',
    install: "get it with 'apt install openfpgaloader' (or your system's package)",
    choosing: ({ bus, address }) => ['--busdev-num', `${bus}:${address}`],
    // With -f it is the flash that is read; versions before 1.1 only look for the cable.
    asking: args => [
      ...chosenBy(args, ['-b', '-c', '--busdev-num']),
      '--detect',
      ...chosenBy(args, [], ['-f']),
    ],
  },
  {
    name: 'iceprog',
    versionArgs: ['--help'],
    purpose: 'programming boards with an FTDI chip',
    install: "get it with 'apt install fpga-icestorm' (or your system's package)",
    choosing: ({ bus, address }) => ['-d', `d:${threeDigits(bus)}/${threeDigits(address)}`],
    asking: args => [...chosenBy(args, ['-d', '-I'], ['-s']), '-t'],
  },
  {
    name: 'dfu-util',
    versionArgs: ['--version'],
    purpose: 'programming boards with DFU (Fomu, iCEBreaker-bitsy, pico-ice)',
    install: "get it with 'apt install dfu-util' (or your system's package)",
    choosing: ({ address }) => ['-n', String(address)],
    asking: args => [...chosenBy(args, ['-d', '-n']), '-l'],
  },
  {
    name: 'tinyprog',
    versionArgs: ['--help'],
    purpose: 'programming the TinyFPGA BX',
    asking: () => ['-l'],
    install: "get it with 'pip install tinyprog'",
  },
  {
    name: 'icesprog',
    versionArgs: ['--help'],
    purpose: 'programming the iCESugar where it shows no drive',
    install: 'its source is in the repository wuxx/icesugar on GitHub',
  },
  {
    name: 'iceprogduino',
    versionArgs: ['--help'],
    purpose: 'programming Olimex boards through an Olimexino-32U4',
    install: 'its source is in the repository OLIMEX/iCE40HX1K-EVB on GitHub',
  },
];

/** The program of that name; undefined for one that only a user's board file names. */
export function findProgram(name: string): Program | undefined {
  return programs.find(program => program.name === name);
}

/** Where a program is, as a shell would find it; undefined where it is not installed. */
export function locate(program: string, path: string = process.env.PATH ?? ''): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of program.includes('/') ? [''] : path.split(delimiter)) {
    for (const ending of endings) {
      const file = folder === '' ? program : join(folder, `${program}${ending}`);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
