import { callerLine } from '../../diagnostic/index.ts';
import { Interval } from '../../ir/index.ts';
import { badMemory, initialOutside, losesValue } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import { currentModule, type Module } from './module.ts';
import { requireName } from './reserved.ts';
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
import { type Operand, requireBit, requireHere, Signal, toInteger, toSignal } from './signal.ts';

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
  /** The line that made it. */
  readonly source: string;
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
  /** Why it may be written in one domain and read in another; undefined where it may not. */
  readonly acrossDomains: string | undefined;
  /** Why nobody looks at what is read where the same edge writes the word; undefined where somebody may. */
  readonly collisions: string | undefined;
  readonly source: string;
}

/** How many words, what they start with, and a name. */
export interface MemoryOptions<S extends Shape> {
  /** Words, from 1. */
  readonly depth: number;
  /** The contents at power-up, `depth` words. Without them a simulation starts with random words. */
  readonly initial?: readonly ValuesOf<S>[] | undefined;
  readonly name?: string | undefined;
  /**
   * Lets it be written in one clock domain and read in another. The text is the reason why no word is read while it is
   * written, which is for you to make sure of: nothing can check it. Without it, such a read is refused.
   */
  readonly acrossDomains?: string | undefined;
  /**
   * Lets hardware show anything where one edge reads and writes the same word. The text is the reason why nobody looks at
   * it, which is for you to make sure of. A block RAM does not say what it shows then, and without this option old data
   * are made of logic: a comparison of the addresses, and a multiplexer for each bit. Simulations show old data.
   */
  readonly collisions?: string | undefined;
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
    const wish = options.name;
    if (wish !== undefined) requireName(this.#module.context.prefix + wish);
    const name = wish && this.#module.uniqueName(this.#module.context.prefix + wish);
    if (!Number.isInteger(depth) || depth < 1)
      throw badMemory(name, `its depth is ${depth}; a memory has 1 word or more`);
    const fields = fieldsOf(shape, isInterval).map(({ name, isArray, elements }) => {
      if (isArray)
        throw badMemory(wish, 'its words hold an array; words are integers or records of integers');
      return { name, interval: elements[0]! };
    });
    const initial = options.initial?.map(word => inOrder(name, fields, word, isNumber).map(toInteger));
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
    const { acrossDomains, collisions } = options;
    if (acrossDomains !== undefined && acrossDomains.trim() === '')
      throw badMemory(name, "'acrossDomains' gives no reason");
    if (collisions !== undefined && collisions.trim() === '')
      throw badMemory(name, "'collisions' gives no reason");
    const source = callerLine();
    this.node = { name, fields, depth, initial, reads: [], writes: [], acrossDomains, collisions, source };
    initial?.forEach((word, i) => {
      word.forEach((value, f) => {
        const { interval } = fields[f]!;
        if (!interval.contains(value))
          throw initialOutside(
            { describe: () => `word ${i} of ${describeMemory(this.node)}` },
            value,
            interval,
          );
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
    const masks = this.#masks(mask ?? {});
    const values = inOrder(this.node.name, this.node.fields, value, isOperand).map(toSignal);
    const fields = this.node.fields.map(({ name, interval }, i) => {
      const data = values[i]!;
      requireHere(data);
      this.#requireFits(data, memory => memory, interval);
      const mask = masks.get(name);
      return { data, enable: mask === undefined ? allowed : allowed.and(mask) };
    });
    const { domain } = currentModule().context;
    if (this.node.writes.some(port => port.domain.name !== domain.name))
      throw badMemory(this.node.name, 'it is written from two clock domains');
    this.node.writes.push({ address: where, fields, domain, source: callerLine() });
  }

  /** The mask of each field; a mask of a record within the word is that of all its fields. */
  #masks(mask: object): ReadonlyMap<string, Signal> {
    const masks = new Map<string, Signal>();
    for (const [key, operand] of Object.entries(mask)) {
      const bit = toSignal(operand as Operand);
      requireHere(bit);
      requireBit(bit, 'mask');
      const masked = this.shape instanceof Interval ? undefined : (this.shape as RecordShape)[key];
      if (masked === undefined) throw badMemory(this.node.name, `its words have no field '${key}' to mask`);
      for (const { name } of fieldsOf(masked, isInterval, key)) masks.set(name, bit);
    }
    return masks;
  }

  #address(address: Operand): Signal {
    const signal = toSignal(address);
    requireHere(signal);
    const words = new Interval(0n, BigInt(this.node.depth - 1));
    this.#requireFits(signal, memory => `an address of ${memory}`, words);
    return signal;
  }

  #requireFits(signal: Signal, use: (memory: string) => string, interval: Interval): void {
    if (interval.covers(signal.interval)) return;
    const at = callerLine();
    this.#module.postpone(() => losesValue(signal, use(describeMemory(this.node)), interval, at));
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

/** How messages call a memory. */
export function describeMemory({ name }: MemoryNode): string {
  return name === undefined ? 'an unnamed memory' : `memory '${name}'`;
}

/** The parts of a word in the order of the fields, whatever the order of its keys is. */
function inOrder<T>(
  memory: string | undefined,
  fields: readonly MemoryField[],
  word: unknown,
  isPart: (value: unknown) => value is T,
): T[] {
  const given = new Map(fieldsOf(word, isPart).map(({ name, elements }) => [name, elements[0]!]));
  const parts = fields.map(({ name }) => {
    const part = given.get(name);
    if (part === undefined) throw badMemory(memory, `a word is given without its field '${name}'`);
    given.delete(name);
    return part;
  });
  for (const name of given.keys()) throw badMemory(memory, `its words have no field '${name}'`);
  return parts;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || typeof value === 'number';
}

function isOperand(value: unknown): value is Operand {
  return value instanceof Signal || isNumber(value);
}
