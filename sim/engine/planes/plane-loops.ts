import type { NetId } from '../../../ir/index.ts';
import { planeBytes } from '../../planes.ts';
import type { RecordField } from '../../records.ts';
import type { Format } from '../../storage.ts';
import { type Address, apply, type Base, constantNode, type LoopIndex, type Node } from '../expression.ts';
import type { Form } from '../form.ts';
import type { Layout } from '../layout.ts';
import { opcodes, vector } from '../opcodes.ts';
import type { Pack } from '../packs.ts';
import type { Bits, Tuple } from '../tuples.ts';
import type { Word } from '../word.ts';
import { zeros } from './plane-machine.ts';
import type { PlaneTables, Scattered } from './plane-tables.ts';

/*
 * Registers that are computed alike are computed by one loop: each turn takes the next operands from memory. That
 * is code for one of them, which stays in the processor's cache.
 */

/** Whether a tuple can be computed in a loop. */
export function isLoopable(tuple: Tuple, tables: PlaneTables): boolean {
  return allParts(tuple).every(part => {
    if (part.kind === 'constants') return part.values.every(value => value === part.values[0]);
    if (part.kind === 'bits') return isEven(part) || tables.of(part) !== undefined;
    return part.kind !== 'gathered' || tables.of(part) !== undefined;
  });
}

/** Whether each bit is as far from the last as that from the one before. */
function isEven({ bits }: Bits): boolean {
  const step = bits[1]! - bits[0]!;
  return step > 0 && bits.every((bit, i) => bit === bits[0]! + i * step);
}

/** A tuple with all that it is computed from, each once. */
export function allParts(tuple: Tuple): Tuple[] {
  const parts = new Set<Tuple>();
  const open = [tuple];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (parts.has(part)) continue;
    parts.add(part);
    if (part.kind === 'computed') open.push(...part.operands);
  }
  return [...parts];
}

/** Computed tuples in one loop, at most: more would not fit into a processor's registers. */
const mostComputed = 120;

/** Neighbours of the list that one loop can compute: as many turns, and none reads what another changes. */
export function together(packs: readonly Pack[]): Pack[][] {
  const loops: { packs: Pack[]; read: Set<NetId>; changed: Set<NetId>; computed: Set<Tuple> }[] = [];
  for (const pack of packs) {
    const parts = allParts(pack.next);
    const read = parts.flatMap(part => (part.kind === 'bits' ? [part.source] : part.nets));
    const changed = pack.registers.map(({ output }) => output);
    const computed = parts.filter(({ kind }) => kind === 'computed');
    const last = loops.at(-1);
    const isSeparate =
      last === undefined ||
      last.packs[0]!.registers.length !== changed.length ||
      new Set([...last.computed, ...computed]).size > mostComputed ||
      read.some(net => last.changed.has(net)) ||
      changed.some(net => last.read.has(net));
    if (isSeparate)
      loops.push({
        packs: [pack],
        read: new Set(read),
        changed: new Set(changed),
        computed: new Set(computed),
      });
    else {
      last.packs.push(pack);
      for (const net of read) last.read.add(net);
      for (const net of changed) last.changed.add(net);
      for (const tuple of computed) last.computed.add(tuple);
    }
  }
  return loops.map(({ packs }) => fromTheirBegin(packs));
}

/**
 * The packs of a loop with those that are computed from less first: so a chain of carries is gone along from its begin to
 * its end, and each sum is stored when its carry is known, while few values wait.
 */
function fromTheirBegin(packs: readonly Pack[]): Pack[] {
  const sizes = new Map(packs.map(pack => [pack, allParts(pack.next).length]));
  return packs.toSorted((a, b) => sizes.get(a)! - sizes.get(b)!);
}

/** Whether each register of the pack reads no register of the pack but itself, and all begin with the same value. */
export function isUniform({ registers, next }: Pack): boolean {
  if (registers.some(({ initial }) => initial !== registers[0]!.initial)) return false;
  const own = new Map(registers.map(({ output }, i) => [output, i]));
  return allParts(next).every(part =>
    part.kind === 'bits'
      ? !own.has(part.source)
      : part.nets.every((net, i) => (own.get(net) ?? i) === i || part.kind === 'computed'),
  );
}

const index: LoopIndex = { kind: 'index', type: 'i32' };
const stimulus: Base = { kind: 'base', type: 'i32', record: 'stimulus' };

/** The planes of tuples in one turn of a loop. */
export class LoopPlanes {
  readonly #layout: Layout;
  readonly #tables: PlaneTables;
  readonly #form: Form;
  readonly #splat: (net: NetId) => Word;
  readonly #turn: number;
  readonly #known = new Map<Tuple, Word>();
  readonly #strides = new Map<string, Node>();
  readonly #scattered = new Map<number, Node>();

  /**
   * @param splat the value of a net that is the same in all turns.
   * @param turn which of several turns that are written out.
   */
  constructor(layout: Layout, tables: PlaneTables, form: Form, splat: (net: NetId) => Word, turn: number) {
    this.#layout = layout;
    this.#tables = tables;
    this.#form = form;
    this.#splat = splat;
    this.#turn = turn;
  }

  of(tuple: Tuple): Word {
    let word = this.#known.get(tuple);
    if (word === undefined) {
      word = this.#make(tuple);
      this.#known.set(tuple, word);
    }
    return word;
  }

  #make(tuple: Tuple): Word {
    switch (tuple.kind) {
      case 'constants':
        return this.#form.constant(tuple.values[0]!, tuple.interval);
      case 'splat':
        return this.#splat(tuple.nets[0]!);
      case 'neighbours': {
        const net = tuple.nets[0]!;
        const { bytes, signed } = tuple.place === 'state' ? this.#layout.states.get(net)! : this.#field(net);
        const { address, offset } = this.#place(net, tuple.place, bytes / planeBytes);
        return this.#loaded(address, offset, { bytes, signed });
      }
      case 'gathered':
        return this.#gathered(this.#tables.of(tuple)!);
      case 'bits': {
        if (!isEven(tuple)) return this.#gathered(this.#tables.of(tuple)!);
        const step = tuple.bits[1]! - tuple.bits[0]!;
        const { address, offset } = this.#place(tuple.source, tuple.place, step);
        const bit = { bytes: planeBytes, signed: false };
        return this.#loaded(address, offset + tuple.bits[0]! * planeBytes, bit);
      }
      case 'computed':
        return this.#form.cell(
          tuple.operation,
          tuple.parameters,
          tuple.operands.map(operand => this.of(operand)),
          tuple.operands.map(({ interval }) => interval),
          tuple.interval,
        );
    }
  }

  #gathered({ place, lowest, table, format }: Scattered): Word {
    let distance = this.#scattered.get(table);
    if (distance === undefined) {
      const offset = table + this.#turn * planeBytes;
      distance = { kind: 'load', type: 'i32', opcode: opcodes.i32.load, address: index, offset };
      this.#scattered.set(table, distance);
    }
    const address = place === 'state' ? distance : apply('i32', opcodes.i32.add, stimulus, distance);
    return this.#loaded(address, lowest, format);
  }

  #loaded(address: Address, offset: number, { bytes, signed }: Format): Word {
    const loaded = Array.from({ length: bytes / planeBytes }, (_, i) =>
      this.#load(address, offset + i * planeBytes),
    );
    return signed ? loaded : [...loaded, zeros];
  }

  /** The place of this turn's register among neighbours, of which `net` is the first. */
  state(net: NetId): { readonly address: Address; readonly offset: number } {
    return this.#place(net, 'state', this.#layout.states.get(net)!.bytes / planeBytes);
  }

  /** @param planes from one turn to the next. */
  #place(
    net: NetId,
    place: 'state' | 'input',
    planes: number,
  ): { readonly address: Address; readonly offset: number } {
    const passed = this.#turn * planes * planeBytes;
    if (place === 'state')
      return {
        address: this.#stride('fixed', planes),
        offset: this.#layout.states.get(net)!.address + passed,
      };
    return { address: this.#stride('stimulus', planes), offset: this.#field(net).offset + passed };
  }

  #field(net: NetId): RecordField {
    return this.#layout.inputs.fields[this.#layout.inputOf.get(net)!]!;
  }

  #stride(base: 'fixed' | 'stimulus', planes: number): Node {
    const key = `${base} ${planes}`;
    let node = this.#strides.get(key);
    if (node === undefined) {
      const passed =
        planes === 1 ? index : apply('i32', opcodes.i32.mul, index, constantNode('i32', BigInt(planes)));
      node = base === 'fixed' ? passed : apply('i32', opcodes.i32.add, stimulus, passed);
      this.#strides.set(key, node);
    }
    return node;
  }

  #load(address: Address, offset: number): Node {
    return { kind: 'load', type: 'v128', opcode: vector.load, address, offset };
  }
}
