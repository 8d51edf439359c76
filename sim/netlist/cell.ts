import {
  bit,
  type DomainId,
  int,
  type NetId,
  type OperationName,
  type ParametersOf,
  uint,
} from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import type { CellForm } from './cell-form.ts';
import type { Clocks } from './clocks.ts';
import { leftOut, memoryTooLarge, unsupportedCell } from './diagnostics.ts';
import type { InitialValues } from './initial-values.ts';
import type { NetlistBit, NetlistCellData } from './json.ts';
import { memoryLimit } from './memory-limit.ts';
import type { Pads } from './pads.ts';
import type { Party } from './party.ts';
import { lineOf, type Sources } from './sources.ts';
import type { Warnings } from './warnings.ts';
import type { Wires } from './wires.ts';

/** A port that becomes several nets of `bits` bits each, which do not depend on each other. */
export interface DividedOutput {
  readonly port: string;
  readonly bits: number;
}

/** A port of which only the bits at these places become a net, the lowest bit of the net first. */
export interface PickedOutput {
  readonly port: string;
  readonly places: readonly number[];
}

/** What cells of one type mean. */
export interface CellReader {
  /** What is asked of a cell before anything of it is read. */
  readonly form?: CellForm;
  /** The ports that the cell drives. Each becomes one net, of as many bits as it has, unless it is divided. */
  readonly outputs?: Outputs | ((cell: NetlistCell) => Outputs);
  /** Says which nets are one net, and where clocks begin. This is done for all cells before any is read. */
  join?(cell: NetlistCell): void;
  /** Drives the nets of the outputs. */
  read?(cell: NetlistCell): void;
  /** Adds what only watches the circuit: this is done when all cells are read. */
  watch?(cell: NetlistCell): void;
}

type Outputs = readonly (string | DividedOutput | PickedOutput)[];

/** A bit of a port that has to be 1, or 0 if it is inverted. */
export interface Condition {
  readonly port: string;
  readonly index?: number;
  /** What the bit is where nothing is connected; 0 by default. */
  readonly whenOpen?: '0' | '1';
  readonly isInverted?: boolean;
}

/** What the cells of a netlist have together. */
export interface Surroundings {
  readonly builder: CircuitBuilder;
  readonly wires: Wires;
  readonly clocks: Clocks;
  readonly pads: Pads;
  readonly initial: InitialValues;
  readonly warnings: Warnings;
  readonly sources: Sources;
}

/** A cell of the netlist, in the terms that a reader needs. */
export class NetlistCell {
  readonly name: string;
  readonly type: string;
  /** Where its author wrote it; '' where that is not known. */
  readonly source: string;
  /** To make cells, registers and memories of the circuit. */
  readonly builder: CircuitBuilder;
  readonly #data: NetlistCellData;
  readonly #in: Surroundings;
  readonly #outputs = new Map<string, NetId[]>();

  constructor(name: string, data: NetlistCellData, surroundings: Surroundings) {
    this.name = name;
    this.type = data.type;
    this.source = lineOf(String(data.attributes?.src ?? ''));
    this.builder = surroundings.builder;
    this.#data = data;
    this.#in = surroundings;
  }

  /**
   * The bits at a port, the lowest first. A port that nextpnr has divided (`WDATA_0`, `WDATA_1` …) is put together;
   * bits without a net are unconnected, `undefined`.
   */
  bits(port: string): readonly (NetlistBit | undefined)[] {
    const { connections } = this.#data;
    const whole = connections[port];
    if (whole !== undefined || connections[`${port}_0`] === undefined) return whole ?? [];
    const bits: (NetlistBit | undefined)[] = [];
    for (let i = 0; ; i++) {
      const part = connections[`${port}_${i}`];
      if (part === undefined) return bits;
      bits.push(part[0]);
    }
  }

  /** The names of the ports that the netlist connects. */
  ports(): string[] {
    return Object.keys(this.#data.connections);
  }

  /** How many bits are at a port; 0 where it is not connected. */
  width(port: string): number {
    return this.bits(port).length;
  }

  /** Whether a port has a net or a constant at any of its bits. */
  isConnected(port: string): boolean {
    return this.bits(port).some(each => each !== undefined);
  }

  /** A parameter as a number; unknown digits are 0. */
  value(parameter: string, otherwise = 0n): bigint {
    const data = this.#data.parameters?.[parameter];
    if (data === undefined) return otherwise;
    if (typeof data === 'number') return BigInt(data);
    const digits = /^[01xz]+$/i.test(data) ? data.replaceAll(/[xz]/gi, '0') : '0';
    return BigInt(`0b${digits}`);
  }

  number(parameter: string, otherwise = 0): number {
    return Number(this.value(parameter, BigInt(otherwise)));
  }

  flag(parameter: string): boolean {
    return this.value(parameter) !== 0n;
  }

  /** A parameter as the netlist has it: binary digits with the highest first, or a text. */
  text(parameter: string): string | undefined {
    const data = this.#data.parameters?.[parameter];
    // Yosys ends a text that could be taken for digits with a space.
    return data === undefined ? undefined : String(data).replace(/^([01xz]*) $/, '$1');
  }

  /** The value at a port, as an unsigned number; unconnected bits are `whenOpen`. */
  input(port: string, whenOpen: '0' | '1' = '0'): NetId {
    const bits = this.bits(port);
    if (bits.length <= 1) return this.#in.wires.bit(bits[0] ?? whenOpen, () => this.at(port));
    return this.vector(bits, port, whenOpen);
  }

  /** The nets that have the bits of a port, in no order. */
  distinct(port: string): NetId[] {
    const bits = this.bits(port).map(each => each ?? '0');
    return this.#in.wires.distinct(bits.length === 0 ? ['0'] : bits, () => this.at(port));
  }

  /** The value of some bits of a port. */
  vector(bits: readonly (NetlistBit | undefined)[], port: string, whenOpen: '0' | '1' = '0'): NetId {
    return this.#in.wires.vector(
      bits.map(each => each ?? whenOpen),
      () => this.at(port),
    );
  }

  /** The value of the bits from `low` on of a port, with a sign or without. */
  vectorOf(port: string, low: number, width: number, isSigned = false): NetId {
    const net = this.vector(this.bits(port).slice(low, low + width), port);
    return isSigned ? this.builder.wrapped(net, int(width)) : net;
  }

  /** A bit of a port after the joints of all nets, which shows constants. */
  resolved(port: string, index = 0, whenOpen: '0' | '1' = '0'): NetlistBit {
    return this.#in.wires.resolve(this.bits(port)[index] ?? whenOpen);
  }

  /** Whether a bit of a port is a clock of what has been read so far. */
  isClock(port: string, index = 0): boolean {
    return this.#in.clocks.isClock(this.resolved(port, index));
  }

  /** What the source says between the places that the cell comes from; '' where that is not known. */
  sourceText(): string {
    return this.#in.sources.between(String(this.#data.attributes?.src ?? ''));
  }

  /** The net that a port drives, or the part `index` of one that is divided. */
  output(port: string, index = 0): NetId {
    const net = this.#outputs.get(port)?.[index];
    if (net === undefined) throw new Error(`internal error: ${this.type} has no output '${port}'`);
    return net;
  }

  /** Lets an operation drive an output port. */
  drive<N extends OperationName>(
    port: string,
    operation: N,
    operands: readonly NetId[],
    parameters: ParametersOf<N>,
  ): void {
    this.builder.drive(this.output(port), operation, operands, parameters);
  }

  /** One bit of a port that is 1 where all of these are: bits of ports. Undefined where it always is. */
  allOf(...ports: readonly Condition[]): NetId | undefined {
    let all: NetId | undefined;
    for (const { port, index = 0, whenOpen = '0', isInverted = false } of ports) {
      const bit = this.resolved(port, index, whenOpen);
      if (bit === (isInverted ? '0' : '1')) continue;
      if (typeof bit !== 'number') return this.builder.constant(0n);
      const net = this.#in.wires.bit(bit, () => this.at(port));
      const condition = isInverted ? this.builder.not(net) : net;
      all = all === undefined ? condition : this.builder.and(all, condition);
    }
    return all;
  }

  /** The domain of the clock at a bit of a port; undefined where it never ticks. @throws Diagnostic TCT-3209 */
  domain(port: string, isFalling = false, index = 0): DomainId | undefined {
    return this.#in.clocks.domain(this.bits(port)[index] ?? '0', isFalling, () => this.at(port));
  }

  /** The level of the clock at a port; 0 for a constant. */
  clockLevel(port: string): NetId {
    const level = this.#in.clocks.level(this.bits(port)[0] ?? '0', () => this.at(port));
    return level ?? this.builder.constant(0n);
  }

  /** What the registers behind a port have at power-up. */
  initial(port: string): bigint {
    return this.#in.initial.of(this.bits(port));
  }

  /**
   * Drives an output port only while `enable` is 1; else it has the value of the pins outside, or `pull` where they
   * have no outside.
   */
  drivePad(port: string, value: NetId, enable: NetId, pull = 0n): void {
    const b = this.builder;
    const bits = this.bits(port);
    const outside = bits.map((pad, low) =>
      this.#in.pads.outside(
        pad ?? '0',
        bits.length === 1 ? value : b.cell('slice', [value], { low, width: 1 }),
        enable,
        pull,
      ),
    );
    this.drive(port, 'mux', [enable, value, b.joined(outside)], undefined);
  }

  // For `join`:

  /** Makes a bit of a port another name for the net at another port, or a constant. */
  join(port: string, to: string | { readonly constant: '0' | '1' }, index = 0): void {
    const target = typeof to === 'string' ? (this.bits(to)[0] ?? '0') : to.constant;
    this.#in.wires.join(this.bits(port)[index] ?? 'x', target, () => this.at(port));
  }

  /** Lets a clock begin at an output port. */
  clockSource(port: string): void {
    const [net = 'x'] = this.bits(port);
    this.#in.clocks.source(net);
    if (typeof net === 'number') this.#in.wires.claim(net, () => this.at(port));
  }

  /** Takes the clock at a port for one that clocks nothing in the circuit. */
  absorbClock(port: string): void {
    this.#in.clocks.absorb(this.bits(port)[0] ?? '0', () => this.at(port));
  }

  /** Makes the nets of the outputs. */
  declare(outputs: Outputs): void {
    for (const output of outputs) {
      const port = typeof output === 'string' ? output : output.port;
      const all = this.bits(port);
      const picked = typeof output === 'object' && 'places' in output;
      const bits = (picked ? output.places.map(place => all[place]) : all).map(each => each ?? 'x');
      if (bits.length === 0) bits.push('x');
      const each = typeof output === 'object' && 'bits' in output ? output.bits : bits.length;
      const nets: NetId[] = [];
      for (let low = 0; low < bits.length; low += each)
        nets.push(this.#declare(port, bits.slice(low, low + each)));
      this.#outputs.set(port, nets);
    }
  }

  #declare(port: string, bits: readonly NetlistBit[]): NetId {
    const { names } = this.#in.wires;
    const name = names.ofVector(bits) ?? (this.isConnected(port) ? `${this.name}.${port}` : this.name);
    const interval = bits.length === 1 ? bit : uint(bits.length);
    const net = this.builder.net(interval, name, names.sourceOf(bits[0]) || this.source);
    this.#in.wires.drive(bits, net, () => this.at(port));
    return net;
  }

  /** Tells the user about something that the simulation leaves out. */
  warn(what: string): void {
    this.#in.warnings.add(leftOut(this.type, this.name, what));
  }

  /** @throws Diagnostic TCT-3212 for a memory that is too large. */
  requireMemory(name: string, words: number, width: number): void {
    if (words > memoryLimit.words || words * width > memoryLimit.bits)
      throw memoryTooLarge(name, { words, width }, this.source);
  }

  /** @throws Diagnostic TCT-3205 always. */
  refuse(why: string): never {
    throw unsupportedCell(this.type, this.name, why, this.source);
  }

  /** The cell and one of its ports, for a message. */
  at(port: string): Party {
    return { name: `port '${port}' of ${this.#called()}`, source: this.source };
  }

  /** A cell that a tool has named is told by what it drives. */
  #called(): string {
    const [driven] = this.bits(this.bits('Q').length > 0 ? 'Q' : 'Y');
    return this.name.startsWith('$') && typeof driven === 'number'
      ? `the cell that drives '${this.#in.wires.names.of(driven)}' (${this.type})`
      : `the cell '${this.name}' (${this.type})`;
  }
}
