import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { threeDigits, type UsbDevice } from './usb.ts';

/** A program that writes bitstreams. */
export interface Program {
  readonly name: string;
  /** What makes it print its version, or at least its help. */
  readonly versionArgs: readonly string[];
  readonly purpose: string;
  /** How to get it. */
  readonly install: string;
  /** What makes it take this one of several devices; undefined where it has no way to say so. */
  readonly choosing?: (device: UsbDevice) => readonly string[];
}

/** The programs that the boards name in their commands. */
export const programs: readonly Program[] = [
  {
    name: 'openFPGALoader',
    versionArgs: ['-V'],
    purpose: 'programming boards',
    install: "apt install openfpgaloader (or your system's package)",
    choosing: ({ bus, address }) => ['--busdev-num', `${bus}:${address}`],
  },
  {
    name: 'iceprog',
    versionArgs: ['--help'],
    purpose: 'programming boards with an FTDI chip',
    install: "apt install fpga-icestorm (or your system's package)",
    choosing: ({ bus, address }) => ['-d', `d:${threeDigits(bus)}/${threeDigits(address)}`],
  },
  {
    name: 'dfu-util',
    versionArgs: ['--version'],
    purpose: 'programming boards with DFU (Fomu, iCEBreaker-bitsy, pico-ice)',
    install: "apt install dfu-util (or your system's package)",
    choosing: ({ address }) => ['-n', String(address)],
  },
  {
    name: 'tinyprog',
    versionArgs: ['--help'],
    purpose: 'programming the TinyFPGA BX',
    install: 'pip install tinyprog',
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
