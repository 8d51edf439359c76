/**
 * What a design uses of each coefficient: so many pins, so many changes of a wire in a second. Power is the sum of these
 * amounts times the coefficients, so that an estimate and a calibration are one and the same model.
 */
import type { PlacedCell, PlacedDesign } from '../synth/index.ts';
import type { Activity } from './activity.ts';
import { add, clockRate, clocksOf, hasFlipFlop, sourceOfClock } from './clocks.ts';
import { type CoefficientName, coefficientUnits } from './coefficients.ts';
import { accessRate } from './memories.ts';
import { type NetParts, partsOf } from './wires.ts';

/** What a part of the power goes into. */
export const kinds = ['static', 'clock', 'logic', 'nets', 'glitches', 'memory', 'dsp', 'io'] as const;
export type Kind = (typeof kinds)[number];

/** The module that is charged with what belongs to the chip as a whole. */
export const wholeChip = '(chip)';

/** One use: `amount` is a number for currents, a rate in 1/s for energies. */
export interface Use {
  readonly module: string;
  readonly kind: Kind;
  readonly coefficient: CoefficientName;
  readonly amount: number;
}

/** All uses, and what could not be counted. */
export interface Usage {
  /** Where glitches were not counted, those of kind `glitches` are of one glitch for each change that the function needs. */
  readonly uses: readonly Use[];
  /** Types of cells that the model does not know, with how many there are. */
  readonly notModelled: ReadonlyMap<string, number>;
}

export function usageOf(design: PlacedDesign, activity: Activity): Usage {
  const table = new Map<string, number>();
  const take = (module: string, kind: Kind, coefficient: CoefficientName, amount: number): void =>
    add(table, [module, kind, coefficient].join('\n'), amount);
  const notModelled = new Map<string, number>();
  addStatic(design, take, notModelled);
  const clockNets = addClocks(design, activity, take);
  addNets(design, activity, clockNets, take);
  addBlocks(design, activity, take);
  const uses = [...table]
    .filter(([, amount]) => amount > 0)
    .map(([key, amount]): Use => {
      const [module, kind, coefficient] = key.split('\n') as [string, Kind, CoefficientName];
      return { module, kind, coefficient, amount };
    });
  return { uses, notModelled };
}

type Take = (module: string, kind: Kind, coefficient: CoefficientName, amount: number) => void;

/** Blocks that take a current of their own while they are on. */
const sources: Readonly<Record<string, CoefficientName>> = {
  ICESTORM_HFOSC: 'hfosc',
  ICESTORM_LFOSC: 'lfosc',
  ICESTORM_PLL: 'pll',
};

const known = ['ICESTORM_LC', 'ICESTORM_RAM', 'ICESTORM_SPRAM', 'ICESTORM_DSP', 'SB_IO', 'SB_GB'];

function addStatic({ cells }: PlacedDesign, take: Take, notModelled: Map<string, number>): void {
  take(wholeChip, 'static', 'static', 1);
  for (const { type, module } of cells) {
    const source = sources[type];
    if (source !== undefined) take(wholeChip, 'static', source, 1);
    else if (type === 'ICESTORM_LC') take(module, 'static', 'staticPerCell', 1);
    else if (type === 'SB_IO') take(wholeChip, 'static', 'staticPerPin', 1);
    else if (!known.includes(type)) add(notModelled, type, 1);
  }
}

/** @returns the nets that are clocks. */
function addClocks(design: PlacedDesign, activity: Activity, take: Take): ReadonlySet<number> {
  const clocks = clocksOf(design);
  for (const { net, isGlobal, flipFlops, tiles } of clocks) {
    const hz = clockRate(activity, net);
    if (isGlobal) take(wholeChip, 'clock', 'globalNetwork', hz);
    else takeParts(partsOf(design, design.nets[net]!).wire, 2 * hz, wholeChip, 'clock', take);
    for (const [module, count] of flipFlops) take(module, 'clock', 'clockedFlipFlop', count * hz);
    for (const [module, count] of tiles) take(module, 'clock', 'clockedTile', count * hz);
  }
  return new Set(clocks.map(({ net }) => net));
}

function addNets(
  design: PlacedDesign,
  { seconds, functional, timed }: Activity,
  clocks: ReadonlySet<number>,
  take: Take,
): void {
  // What brings a clock to its global network is counted with it.
  const upstream = new Set([...clocks].map(clock => sourceOfClock(design, clock)));
  for (const [index, net] of design.nets.entries()) {
    if (clocks.has(index) || upstream.has(index)) continue;
    const needed = functional[index]! / seconds;
    const all = Math.max(needed, (timed?.all[index] ?? functional[index]!) / seconds);
    if (all === 0) continue;
    const module = net.driver === undefined ? wholeChip : design.cells[net.driver.cell]!.module;
    if (net.wires.global > 0) {
      // An enable or a reset on a global network: a cycle is two changes.
      take(module, 'nets', 'globalNetwork', all / 2);
      continue;
    }
    const { logic, wire } = partsOf(design, net);
    takeParts(logic, needed, module, 'logic', take);
    takeParts(wire, needed, module, 'nets', take);
    const glitches = timed === undefined ? (canGlitch(design, index) ? needed : 0) : all - needed;
    takeParts(logic, glitches, module, 'glitches', take);
    takeParts(wire, glitches, module, 'glitches', take);
  }
  for (const [index, { functional: needed, all }] of timed?.inner ?? []) {
    const { module } = design.cells[index]!;
    take(module, 'logic', 'cellOutput', needed / seconds);
    take(module, 'glitches', 'cellOutput', (all - needed) / seconds);
  }
}

/** Whether a table or a carry drives a net: flip-flops, memories and pins change it once in a cycle. */
export function canGlitch({ nets, cells }: PlacedDesign, net: number): boolean {
  const { driver } = nets[net]!;
  if (driver === undefined || cells[driver.cell]!.type !== 'ICESTORM_LC') return false;
  return driver.port === 'COUT' || !hasFlipFlop(cells[driver.cell]!);
}

function takeParts(parts: NetParts, rate: number, module: string, kind: Kind, take: Take): void {
  if (rate <= 0) return;
  for (const [coefficient, count] of Object.entries(parts) as [CoefficientName, number][])
    take(module, kind, coefficient, count * rate);
}

function addBlocks(design: PlacedDesign, activity: Activity, take: Take): void {
  const { seconds, functional, timed } = activity;
  const counts = timed?.all ?? functional;
  const changes = ({ ports }: PlacedCell, of: RegExp): number =>
    Object.entries(ports).reduce(
      (all, [port, net]) => (of.test(port) ? all + counts[net]! / seconds : all),
      0,
    );
  for (const cell of design.cells) {
    const { type, module } = cell;
    if (type === 'ICESTORM_RAM') take(module, 'memory', 'bramAccess', accessRate(design, activity, cell));
    else if (type === 'ICESTORM_SPRAM')
      take(module, 'memory', 'spramAccess', accessRate(design, activity, cell));
    else if (type === 'ICESTORM_DSP') take(module, 'dsp', 'dspInput', dspInputRate(cell, activity));
    else if (type === 'SB_IO') take(wholeChip, 'io', 'outputPin', changes(cell, /^D_OUT_/));
  }
}

/**
 * How often what a DSP block calculates with changes in a second. Behind a register of an input there are no glitches; whether the
 * register keeps its value for a while, and so hides more, is not looked at.
 */
function dspInputRate({ ports, parameters }: PlacedCell, { seconds, functional, timed }: Activity): number {
  let changes = 0;
  for (const [port, net] of Object.entries(ports)) {
    const [, input] = /^([ABCD])_?\d+$/.exec(port) ?? [];
    if (input === undefined) continue;
    const hasRegister = /1/.test(parameters[`${input}_REG`] ?? '');
    changes += (hasRegister ? functional : (timed?.all ?? functional))[net]!;
  }
  return changes / seconds;
}

/** A coefficient times its amount in W: currents at the supply, energies at their rates. */
export function wattsPerUnit(coefficient: CoefficientName, volts: number): number {
  const unit = coefficientUnits[coefficient];
  if (unit === 'uA') return 1e-6 * volts;
  return unit.startsWith('pJ') ? 1e-12 : 1e-15;
}
