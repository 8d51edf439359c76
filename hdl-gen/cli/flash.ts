import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  askBoard,
  type FlashPlan,
  findDrive,
  findProgram,
  locate,
  planFlash,
  requireBitstream,
  requireRoom,
  runFlash,
  usbDevices,
} from '../../flash/index.ts';
import { loadedNames, weightsAsked } from './board-weights.ts';
import { run as build } from './build.ts';
import { buildCommand, buildFolder, prepare } from './build-request.ts';
import { requireCircuitOptions } from './circuit-options.ts';
import type { Context, Outcome } from './command.ts';
import { buildNotFlashed, cannotRead, conflict } from './diagnostics.ts';
import type { FlashDocument } from './documents.ts';
import { flashTable, shellText } from './flash-table.ts';
import { withoutBoard } from './interface-options.ts';
import type { LinkRate } from './link-rate.ts';
import type { FlashValues } from './options.ts';
import { writeWhole } from './single-file.ts';
import { requireStreamed } from './streamed.ts';
import { chooseTarget } from './target.ts';
import { isKind } from './weights.ts';

/** `hdl-gen flash`: a bitstream on a board. What can be found out beforehand is, so that nothing is built in vain. */
export async function run(values: FlashValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const target = chooseTarget(values);
  const board = target.board!;
  if (values.bitstream !== undefined && !isKind(values.weights))
    throw conflict('--bitstream', '--weights', 'the file is written as it is: leave one of them out');
  requireCircuitOptions(values, context.given);
  const isArray = values.bitstream === undefined && values.circuit === undefined;
  if (isArray && values.arch !== 'hardwired')
    requireStreamed('hdl-gen flash', values, `hdl-gen flash --circuit matmul --weights ${values.weights}`);
  const { file, bare, isThere, fill, link } = await bitstreamOf(values, context);
  if (isThere) requireBitstream(read(bare), bare, board);
  if (isThere && !values.dryRun) await fill();
  const isDry = values.dryRun;
  const request = { board, file, tool: values.with, usb: values.usb, isDry };
  const devices = usbDevices();
  const plan = planFlash(request, { locate, findDrive, usb: devices });
  for (const note of [board.clock.note, board.programmer.note])
    if (note !== undefined) terminal.say(`note: ${note}`);

  const [program] = plan.command;
  if (plan.kind === 'program' && locate(program!) === undefined) {
    const { install } = findProgram(program!) ?? {};
    terminal.say(`note: '${program}' is not installed${install === undefined ? '' : `; ${install}`}`);
  }

  const output = { onOutput: (text: string): void => void process.stderr.write(text) };
  const question = plan.kind === 'program' ? plan.question : undefined;
  let answer: Answer | undefined;
  if (!isDry) {
    if (plan.kind === 'program' && plan.device === undefined)
      terminal.say(
        'note: this system does not tell what is on the USB, so nobody has looked for the board there',
      );
    if (question === undefined)
      terminal.say(`note: ${program} cannot ask a board who it is before it is written`);
    else {
      terminal.say(`asking the board: ${shellText(question)}`);
      answer = await askBoard(plan, board, output);
    }
  }

  const needsBuild = !isThere && !isDry;
  if (needsBuild) {
    const { exitStatus } = await build({ ...values, ...withoutBoard }, context);
    // What misses its clock, or its check, does not go onto a board.
    if (exitStatus !== 0) throw buildNotFlashed(file);
    requireBitstream(read(bare), bare, board);
  }
  if (!isDry) {
    if (answer !== undefined) requireRoom(board, answer, read(file).length);
    terminal.say(`writing: ${shellText(plan.command)}`);
    const stop = new AbortController();
    const done = interrupts.onInterrupt(() => {
      stop.abort();
      return 'the flash of the board may be half written: write it again before you use the board';
    });
    try {
      await runFlash(plan, { usb: board.programmer.usb, ...output, signal: stop.signal });
    } finally {
      done();
    }
  }
  const document: FlashDocument = {
    schema: 'tercet.flash/1',
    version,
    board: board.name,
    device: board.device,
    bitstream: file,
    source:
      values.bitstream !== undefined ? 'given' : isThere ? 'kept' : needsBuild ? 'built' : 'to be built',
    command: plan.command,
    question: question ?? null,
    told: answer?.told ?? null,
    link: link ?? null,
    usb: usbOf(plan),
    written: !isDry,
  };
  await terminal.result(colors =>
    flashTable(document, { board, plan, isUsbTold: devices !== undefined }, colors.bold),
  );
  return { document, exitStatus: 0 };
}

const encoder = new TextEncoder();

/** What is written to the board. */
interface Chosen {
  readonly file: string;
  /** The bitstream without weights. */
  readonly bare: string;
  readonly isThere: boolean;
  readonly link?: LinkRate | undefined;
  /** Puts the weights that are asked for into what was built before. */
  readonly fill: () => Promise<void>;
}

/** The bitstream's file, and whether it is there: what was built before counts where its Verilog would be the same now. */
async function bitstreamOf(values: FlashValues, context: Context): Promise<Chosen> {
  if (values.bitstream !== undefined)
    return { file: values.bitstream, bare: values.bitstream, isThere: true, fill: async () => {} };
  const target = chooseTarget(values);
  const asked = { ...values, ...withoutBoard };
  const { chosen, request } = await prepare(asked, target, context);
  const folder = buildFolder(asked, chosen);
  const withWeights = weightsAsked(values, chosen);
  const bare = join(folder, 'design.bin');
  const file = withWeights === undefined ? bare : join(folder, loadedNames.bitstream);
  const command = buildCommand(asked, target, chosen);
  const isThere =
    isBuilt(folder, command, context.version) &&
    Object.entries(request.files).every(([name, text]) => readText(join(folder, name)) === text);
  const fill = async (): Promise<void> => {
    const asc = new TextDecoder().decode(read(join(folder, 'design.asc')));
    const loaded = await withWeights?.({ asc, bitstream: read(bare) });
    for (const [name, content] of Object.entries(loaded ?? {}))
      writeWhole(
        join(folder, name),
        typeof content === 'string' ? encoder.encode(content) : content,
        context.interrupts,
      );
  };
  return { file, bare, isThere, fill, link: chosen.link };
}

/** Whether a folder has the finished files of a build. */
function isBuilt(folder: string, command: string, version: string): boolean {
  try {
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    const isWell = report.timing?.isMet === true && report.checks?.[0]?.mismatches === 0;
    return report.command === command && report.version === version && isWell;
  } catch {
    return false;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function usbOf(plan: FlashPlan): FlashDocument['usb'] {
  if (plan.kind === 'copy' || plan.device === undefined) return null;
  const { name, bus, address } = plan.device;
  return { name, bus, address };
}
