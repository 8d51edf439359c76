import { boardSignals, writePcf } from '../../constraints/index.ts';
import { bootPlace } from '../../protocol/index.ts';
import { ternaryAxi } from '../../rtl/bus/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { boardCore, keepAlive, lockInput, lockPort, powerOnReset, selfTest } from '../../rtl/top/index.ts';
import {
  type Circuit,
  component,
  type Design,
  defaultDomain,
  elaborate,
  resetBy,
  type Signal,
  type SignalsOf,
} from '../lang/index.ts';
import { type BoardClock, boardClock } from './board-clock.ts';
import { requireFits } from './board-fit.ts';
import { boardGeometry, geometryNames, geometryOptions } from './board-geometry.ts';
import { elaborated, loadCircuit } from './circuit.ts';
import { boardCoreReference } from './circuit-options.ts';
import type { Context } from './command.ts';
import { coreOf } from './core.ts';
import { requireRams, takenMemories } from './core-memories.ts';
import { boardHasNoLink, conflict, noContents, noPinFor, noSelfTest } from './diagnostics.ts';
import type { Hardwired } from './hardwired.ts';
import { linkBaud } from './interface-options.ts';
import { hasMemories } from './interfaces.ts';
import { type LinkRate, linkRate } from './link-rate.ts';
import { type MemorySubject, memorySubject } from './memory-subject.ts';
import { type ArrayConfig, arrayConfig, arrayName } from './names.ts';
import type { BuildValues } from './options.ts';
import { portsOf, resetPorts } from './ports.ts';
import type { Target } from './target.ts';

/** What is put on the device. */
export interface BuildDesign {
  readonly design: Design;
  /** The last part of the default folder. */
  readonly name: string;
  /** What it is, for the summary. */
  readonly what: string;
  /** The user's circuit, `my.ts#name`; undefined for the array. */
  readonly reference: string | undefined;
  /** The matrix of `--arch hardwired`. */
  readonly hardwired?: Hardwired;
  /** Whether the core is an instance `core` inside a wrapper, or the top itself. */
  readonly isWrapped: boolean;
  /** Pin constraints, where there is a board. */
  readonly pcf: string | undefined;
  /** The clock that it runs with, where there is a board. */
  readonly clock?: BoardClock;
  /** The core with its memories, of `--interface`. */
  readonly memory?: MemorySubject;
  /** Of the core of `hdl-gen matmul`: its parameters, and the options that ask for them. */
  readonly core?: CoreParameters;
  readonly link?: LinkRate;
  readonly options?: string;
}

/**
 * With a device alone, a core goes behind few pins, with all its logic kept alive. On a board the array becomes a
 * self-test; a user's own circuit is wired to the board by the names of its ports.
 */
export async function designFor(values: BuildValues, target: Target, context: Context): Promise<BuildDesign> {
  const { interrupts } = context;
  const { board } = target;
  if (values.circuit === boardCoreReference) return boardCoreDesign(values, target, context);
  if (values.circuit !== undefined) return designOfUser(values.circuit, values, target, interrupts);
  if (values.arch === 'hardwired') return hardwiredDesign(values, target, interrupts);
  if (values.interface !== 'stream') return interfaceDesign(values, target, context);
  const array = arrayConfig(values);
  const name = `${arrayName(array)}_${placeOf(target)}${values.fill ? '_alone' : ''}`;
  const common = { name, reference: undefined, isWrapped: true };
  if (board === undefined) {
    const core = coreOf(array);
    const make = values.fill ? core.aloneOnPins : core.onPins;
    const what = `the array${values.fill ? ' alone' : ''} behind few pins`;
    return { ...common, design: interrupts.uncovered(make), what, pcf: undefined };
  }
  if (array.arch === 'table') throw noSelfTest('--arch table', target.device.name);
  const { seed } = values;
  const clock = boardClock(board, values.mhz);
  const pll = clock.pll !== undefined;
  const circuit = selfTest({ ...array, seed, clockMHz: clock.MHz, leds: board.leds, pll });
  const wiring = { clk: 'clock', led: board.leds.map((_, i) => `led${i}`) };
  return {
    ...common,
    design: interrupts.uncovered(() => elaborate(circuit)),
    what: `a self-test of the array on ${board.title}: its lights show whether it runs, has passed or has failed`,
    pcf: writePcf(board, wiring),
    clock,
  };
}

/** A core with its interface behind few pins. @throws Diagnostic TCT-6006 for a board, TCT-6095 for too few block RAMs. */
function interfaceDesign(
  values: BuildValues,
  { board, device }: Target,
  { interrupts, given }: Pick<Context, 'interrupts' | 'given'>,
): BuildDesign {
  const asked = `--interface ${values.interface}`;
  if (board !== undefined)
    throw conflict(
      asked,
      '--board',
      'name the device; the core of a board, with its UART, is --circuit matmul',
    );
  return interrupts.uncovered(() => {
    const common = { reference: undefined, isWrapped: true, pcf: undefined };
    if (!hasMemories(values.interface)) {
      const array = arrayConfig(values) as ArrayConfig;
      const name = `${arrayName(array)}_${values.interface}_${device.name}`;
      const what = 'the array between AXI4-Streams, behind few pins';
      return { ...common, name, what, design: elaborate(keepAlive(ternaryAxi(array))) };
    }
    const memory = memorySubject({ ...values, device: device.name }, { given });
    const { core, rate, spoken, name } = memory;
    const design = spoken.onPins(core, rate);
    requireRams(takenMemories(design), device);
    const [, text] = spoken.row(rate);
    return {
      ...common,
      name,
      what: `the core with its memories behind few pins: ${text.replace(/;.*/, '')}`,
      design,
      memory,
    };
  });
}

async function hardwiredDesign(
  values: BuildValues,
  target: Target,
  interrupts: Context['interrupts'],
): Promise<BuildDesign> {
  const { board } = target;
  if (board !== undefined) {
    throw noSelfTest('--arch hardwired', target.device.name);
  }
  const { hardwiredOf } = await import('./hardwired.ts');
  return interrupts.uncovered(() => {
    const hardwired = hardwiredOf(values);
    return {
      design: hardwired.onPins(),
      name: `${hardwired.name}_${placeOf(target)}`,
      what: `the matrix of ${hardwired.source} in logic (${hardwired.config.form}) behind few pins`,
      reference: undefined,
      hardwired,
      isWrapped: true,
      pcf: undefined,
    };
  });
}

async function designOfUser(
  reference: string,
  values: BuildValues,
  target: Target,
  interrupts: Context['interrupts'],
): Promise<BuildDesign> {
  const { board } = target;
  const loaded = await loadCircuit(reference);
  const name = `${loaded.circuit.component}_${placeOf(target)}`;
  // The user's own mistakes show when the circuit is built, so it is built alone first.
  const own = interrupts.uncovered(() => elaborated(loaded));
  if (board === undefined) {
    const design = interrupts.uncovered(() => elaborate(keepAlive(loaded.circuit)));
    const what = `${loaded.reference} behind few pins`;
    return { design, name, what, reference: loaded.reference, isWrapped: true, pcf: undefined };
  }
  const isWrapped = resetPorts(own.top).includes(defaultDomain.resetPort);
  const clock = boardClock(board, values.mhz);
  const design = isWrapped ? elaborate(withReset(loaded.circuit, clock)) : own;
  const what = `${loaded.reference} on ${board.title}`;
  return { design, name, what, reference: loaded.reference, isWrapped, pcf: pcfByName(design, board), clock };
}

/** The core behind the UART of a board. @throws Diagnostic TCT-6090 for a board without one. */
function boardCoreDesign(
  values: BuildValues,
  { board, device }: Target,
  { given, terminal }: Context,
): BuildDesign {
  const { mhz, weights, baud } = values;
  if (board === undefined)
    throw conflict('--circuit matmul', '--device', 'it talks to a computer: name a board with --board');
  if (board.uart === undefined) throw boardHasNoLink(board.name);
  const clock = boardClock(board, mhz);
  const core = boardGeometry(device, values, given);
  const asked = geometryOptions(values, given);
  const boots = weights !== 'ternary' && core.store === 'spram';
  if (boots && board.flash === undefined) throw noContents();
  const design = elaborate(
    boardCore({
      core,
      clockHz: Math.round(clock.MHz * 1e6),
      baud,
      leds: board.leds,
      keepHigh: board.uart?.keepHigh !== undefined,
      pll: clock.pll !== undefined,
      // Weights take the place of these in the finished bitstream.
      ...(core.store === 'bram' ? { preset: 'placeholders' } : {}),
      ...(boots ? { bootPlace } : {}),
    }),
  );
  for (const warning of requireFits(design, core, device, clock)) terminal.warn(warning);
  return {
    design,
    name: [
      boardCoreReference,
      ...geometryNames(values, core, given),
      ...(baud === linkBaud ? [] : [`baud${baud}`]),
      board.name,
    ].join('_'),
    what: `the core of hdl-gen matmul (${core.lanes} lanes, UART at ${baud / 1e6} Mbaud) on ${board.title}`,
    options: `${asked}${baud === linkBaud ? '' : ` --baud ${baud}`}`,
    reference: boardCoreReference,
    isWrapped: false,
    pcf: pcfByName(design, board),
    clock,
    core,
    link: linkRate(clock.MHz, baud),
  };
}

/** No board has a reset button by nature: the circuit is reset at power-up. */
function withReset(circuit: Circuit, { MHz, pll }: BoardClock): Circuit {
  return component(`${circuit.component}_on_board`, {
    inputs: { ...circuit.inputs, ...lockInput(pll !== undefined) },
    build: ({ [lockPort]: locked, ...inputs }) =>
      resetBy(powerOnReset(MHz, locked as Signal | undefined), () =>
        circuit(inputs as SignalsOf<typeof circuit.inputs>, { name: 'core' }),
      ),
  });
}

function placeOf({ board, device }: Target): string {
  return board?.name ?? device.name;
}

/** Pins for the ports of a user's top level: `clk`, and the board's signals by their own names; `led` is all lights. */
function pcfByName({ top }: Design, board: NonNullable<Target['board']>): string {
  const signals = [...boardSignals(board).keys()];
  // The lock of a PLL is no pin.
  const ports = portsOf(top).filter(({ name }) => name !== lockPort);
  const wiring = ports.map(({ name, bits }): [string, string | readonly string[]] => {
    if (name === 'clk') return [name, 'clock'];
    if (bits === 1 && signals.includes(name)) return [name, name];
    const vector = Array.from({ length: bits }, (_, i) => `${name}${i}`);
    if (!vector.every(signal => signals.includes(signal))) throw noPinFor(name, board.name, signals);
    return [name, bits === 1 ? vector[0]! : vector];
  });
  return writePcf(board, Object.fromEntries(wiring));
}
