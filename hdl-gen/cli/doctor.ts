import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { programs as flashPrograms } from '../../flash/index.ts';
import type { Context, Outcome } from './command.ts';
import { pluggedBoards, serialPorts } from './doctor-boards.ts';
import type { DoctorBoard, DoctorDocument, DoctorItem, DoctorPort } from './documents.ts';
import type { DoctorValues } from './options.ts';

/** Packages that come with Tercet, or that it can use. */
const packages = [
  { name: '@yowasp/yosys', purpose: 'synthesis (Yosys)', isRequired: true },
  {
    name: '@yowasp/nextpnr-ice40',
    purpose: 'place, route and bitstream (nextpnr, icepack)',
    isRequired: true,
  },
  {
    name: '@yowasp/clang',
    purpose: 'the Verilog as a second opinion (hdl-gen cosim)',
    isRequired: false,
  },
  { name: 'serialport', purpose: 'talking to a board over USB', isRequired: false },
] as const;

/** Programs that are used where they are installed. */
const programs = [
  {
    name: 'iverilog',
    args: ['-V'],
    purpose: 'a third opinion on the Verilog (hdl-gen cosim), and testbench.v',
    install: "get it with 'apt install iverilog' (or your system's package)",
  },
  {
    name: 'verilator',
    args: ['--version'],
    purpose: 'lint of the Verilog',
    install: "get it with 'apt install verilator' (or your system's package)",
  },
  ...flashPrograms.map(({ name, versionArgs, purpose, install }) => ({
    name,
    args: versionArgs,
    purpose,
    install,
  })),
];

const oldestNode = [20, 12] as const;

/** `hdl-gen doctor`: what is installed, what is missing, how to get it, and what is plugged in. */
export async function run(_values: DoctorValues, { terminal, version }: Context): Promise<Outcome> {
  const items = [nodeItem(), ...packages.map(packageItem), ...(await Promise.all(programs.map(programItem)))];
  const [boards, ports] = [pluggedBoards(), serialPorts()];
  const ok = items.every(({ found, isRequired }) => found || !isRequired);
  await terminal.result(colors => {
    const width = Math.max(...items.map(({ name }) => name.length));
    const lines = items.map(({ name, found, version: has, isRequired, purpose, install }) => {
      const mark = found ? colors.green('yes') : isRequired ? colors.red('NO ') : colors.yellow('no ');
      const state = found ? (has ?? '') : `missing; ${install}`;
      return `  ${mark}  ${name.padEnd(width)}  ${purpose}${state === '' ? '' : ` - ${state}`}`;
    });
    const verdict = ok
      ? 'all that is needed is there; what is missing is optional'
      : 'something that is needed is missing';
    const plugged = [
      boards === undefined
        ? 'boards: this system does not tell what is plugged in'
        : `boards: ${boards.length === 0 ? 'none is plugged in' : boards.map(boardText).join('; ')}`,
      `serial ports: ${ports.length === 0 ? 'none' : ports.map(portText).join('; ')}`,
    ];
    return [`Tercet ${version} on ${platform()}`, ...lines, verdict, '', ...plugged].join('\n');
  });
  const document: DoctorDocument = {
    schema: 'tercet.doctor/1',
    version,
    platform: platform(),
    ok,
    items,
    boards: boards ?? null,
    ports,
  };
  return { document, exitStatus: 0 };
}

function boardText({ name, usb, isAllowed, mayBe }: DoctorBoard): string {
  const which = mayBe.length === 0 ? '' : ` (${mayBe.join(' or ')})`;
  return `${name === '' ? usb : name}${which}${isAllowed ? '' : ', which you may not open: hdl-gen flash tells what to do'}`;
}

function portText({ path, isAllowed }: DoctorPort): string {
  return isAllowed
    ? path
    : `${path}, which you may not open: join its group, on Debian with 'adduser $USER dialout'`;
}

function platform(): string {
  return `${process.platform} ${process.arch}`;
}

function nodeItem(): DoctorItem {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const found = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const install = `get it from https://nodejs.org, ${oldestNode.join('.')} or newer (this is ${process.versions.node})`;
  return {
    name: 'node',
    found,
    version: process.versions.node,
    isRequired: true,
    purpose: 'runs everything',
    ...(found ? {} : { install }),
  };
}

function packageItem({ name, purpose, isRequired }: (typeof packages)[number]): DoctorItem {
  const version = packageVersionOf(name);
  if (version !== undefined) return { name, found: true, version, isRequired, purpose };
  const install = `get it with '${isRequired ? 'npm ci' : `npm install ${name}`}'`;
  return { name, found: false, isRequired, purpose, install };
}

/** The version of an installed package; its package.json is sought beside and above its main file. */
function packageVersionOf(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    for (let folder = dirname(require.resolve(name)); folder !== dirname(folder); folder = dirname(folder)) {
      const found = readPackage(join(folder, 'package.json'));
      if (found?.name === name) return found.version;
    }
  } catch {
    // Not installed.
  }
  return undefined;
}

function readPackage(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}

async function programItem({ name, args, purpose, install }: (typeof programs)[number]): Promise<DoctorItem> {
  const text = await outputOf(name, args);
  if (text === undefined) return { name, found: false, isRequired: false, purpose, install };
  const version = /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
  return { name, found: true, ...(version === undefined ? {} : { version }), isRequired: false, purpose };
}

/** What a program prints; undefined where there is no such program. Its exit status says nothing here. */
function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise(resolve => {
    execFile(program, args, { timeout: 10_000 }, (error, stdout, stderr) => {
      const isMissing = error !== null && 'code' in error && typeof error.code === 'string';
      resolve(isMissing ? undefined : `${stdout}${stderr}`);
    });
  });
}
