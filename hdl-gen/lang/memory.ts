import { Interval } from '../../ir/index.ts';
import { badMemory, initialOutside, losesValue } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import { currentModule, type Module } from './module.ts';
import {
  fieldsOf,
  isInterval,
  mapShape,
  type OperandsOf,
  type RecordShape,
  type Shape,
  type SignalsOf,
  type ValuesOf,
} from './shape.ts';
import { type Operand, requireBit, requireHere, Signal, toSignal } from './signal.ts';
import { callerLine } from './source.ts';

/** One field of the words of a memory; a memory of plain integers has one field with an empty name. */
export interface MemoryField {
  readonly name: string;
  readonly interval: Interval;
}

/** A read port. Its data are those of the word that the address named one edge ago. */
export interface ReadPort {
  readonly memory: MemoryNode;
  readonly address: Signal;
  readonly enable: Signal | undefined;
  readonly domain: ClockDomain;
  /** The data, a signal for each field. */
  readonly data: Signal[];
}

/** A write port. */
export interface WritePort {
  readonly address: Signal;
  /** For each field the value, and the bit that lets it be written. */
  readonly fields: readonly { readonly data: Signal; readonly enable: Signal }[];
  readonly domain: ClockDomain;
}

/** What a module knows of a memory. */
export interface MemoryNode {
  name: string | undefined;
  readonly fields: readonly MemoryField[];
  readonly depth: number;
  /** For each word the value of each field. */
  readonly initial: readonly (readonly bigint[])[] | undefined;
  readonly reads: ReadPort[];
  readonly writes: WritePort[];
  readonly source: string;
}

/** How many words, what they start with, and a name. */
export interface MemoryOptions<S extends Shape> {
  /** Words, from 1. */
  readonly depth: number;
  /** The contents at power-up, `depth` words. Without them a simulation starts with random words. */
  readonly initial?: readonly ValuesOf<S>[] | undefined;
  readonly name?: string | undefined;
}

/** The bits that let each field of a record be written. */
export type WriteMask<S extends Shape> = S extends RecordShape
  ? { readonly [K in keyof S]?: Operand }
  : never;

/**
 * A memory with synchronous ports. A read shows the word as it was before the edge, also when the same edge
 * writes it. Of two writes to one word at one edge, the port that was made later wins.
 */
export class Memory<S extends Shape> {
  readonly shape: S;
  readonly node: MemoryNode;
  readonly #module: Module;

  constructor(shape: S, options: MemoryOptions<S>) {
    this.shape = shape;
    this.#module = currentModule();
    const { depth } = options;
    const name = options.name;
    if (!Number.isInteger(depth) || depth < 1)
      throw badMemory(name, `its depth is ${depth}; a memory has 1 word or more`);
    const fields = fieldsOf(shape, isInterval).map(({ name, isArray, elements }) => {
      if (isArray)
        throw badMemory(options.name, 'its words hold an array; words are integers or records of integers');
      return { name, interval: elements[0]! };
    });
    const initial = options.initial?.map(word =>
      fieldsOf(word, isWholeNumber).map(field => BigInt(field.elements[0]!)),
    );
    if (initial === undefined) {
      for (const { interval } of fields) {
        if (interval.isFullRange) continue;
        throw badMemory(
          name,
          `without initial contents its words can hold anything that fits in their bits, but ${interval} is less than that`,
        );
      }
    } else if (initial.length !== depth) {
      throw badMemory(name, `it has ${depth} words, but initial contents for ${initial.length}`);
    }
    this.node = { name, fields, depth, initial, reads: [], writes: [], source: callerLine() };
    initial?.forEach((word, i) => {
      word.forEach((value, f) => {
        const { interval } = fields[f]!;
        if (!interval.contains(value))
          throw initialOutside({ describe: () => `word ${i} of memory '${name ?? ''}'` }, value, interval);
      });
    });
    this.#module.memories.push(this.node);
  }

  /** The word at `address` one edge later; while `enable` is 0 the data stay as they were. */
  read(address: Operand, { enable }: { enable?: Signal } = {}): SignalsOf<S> {
    const where = this.#address(address);
    const both = this.#enable(enable);
    const port: ReadPort = {
      memory: this.node,
      address: where,
      enable: both,
      domain: currentModule().context.domain,
      data: [],
    };
    this.node.reads.push(port);
    return mapShape(this.shape, interval => {
      const data = new Signal(interval, { kind: 'read', port, field: port.data.length });
      port.data.push(data);
      return data;
    }) as SignalsOf<S>;
  }

  /** Writes a word on the edge where `enable` is 1; of a record only the fields whose mask is 1 or not given. */
  write(
    address: Operand,
    value: OperandsOf<S>,
    { enable = 1, mask }: { enable?: Operand; mask?: WriteMask<S> } = {},
  ): void {
    const where = this.#address(address);
    const allowed = this.#enable(toSignal(enable)) ?? toSignal(1);
    const values = fieldsOf(value, isOperand);
    const masks = new Map<string, Signal>();
    for (const [field, bit] of Object.entries(mask ?? {})) masks.set(field, toSignal(bit as Operand));
    const fields = this.node.fields.map(({ name, interval }, i) => {
      const data = toSignal(values[i]!.elements[0]!);
      requireHere(data);
      if (!interval.covers(data.interval))
        throw losesValue(data, `memory '${this.node.name ?? ''}'`, interval);
      const mask = masks.get(name);
      if (mask !== undefined) requireBit(mask, 'mask');
      return { data, enable: mask === undefined ? allowed : allowed.and(mask) };
    });
    this.node.writes.push({ address: where, fields, domain: currentModule().context.domain });
  }

  #address(address: Operand): Signal {
    const signal = toSignal(address);
    requireHere(signal);
    const words = new Interval(0n, BigInt(this.node.depth - 1));
    if (!words.covers(signal.interval))
      throw losesValue(signal, `an address of memory '${this.node.name ?? ''}'`, words);
    return signal;
  }

  #enable(enable: Signal | undefined): Signal | undefined {
    if (currentModule() !== this.#module) throw badMemory(this.node.name, 'it belongs to another component');
    if (enable !== undefined) {
      requireHere(enable);
      requireBit(enable, 'enable');
    }
    const outer = currentModule().context.enable;
    return outer === undefined ? enable : enable === undefined ? outer : outer.and(enable);
  }
}

/** A memory of words of `shape`: an interval, or a record of intervals, which then can be written field by field. */
export function memory<S extends Shape>(shape: S, options: MemoryOptions<S>): Memory<S> {
  return new Memory(shape, options);
}

/** A memory that is never written. */
export function rom<S extends Shape>(shape: S, contents: readonly ValuesOf<S>[], name?: string): Memory<S> {
  return new Memory(shape, { depth: contents.length, initial: contents, name });
}

function isWholeNumber(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

function isOperand(value: unknown): value is Operand {
  return value instanceof Signal || isWholeNumber(value);
}
