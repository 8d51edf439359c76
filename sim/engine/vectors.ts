import type { NetId } from '../../ir/index.ts';
import type { Format } from '../storage.ts';
import { loadBits } from './bits.ts';
import { type Address, apply, as, load, type Node } from './expression.ts';
import type { Layout } from './layout.ts';
import { type LaneBits, lanesConstant, narrowed, resized, vectorMachine } from './machine-vector.ts';
import { lanes as laneOpcodes, vector } from './opcodes.ts';
import { type Bits, laneBits, type Neighbours, type Tuple } from './tuples.ts';
import type { Values } from './values.ts';
import type { StorePart, Word } from './word.ts';

/**
 * The vectors that give tuples their values. What several tuples share is computed once, as long as one instance of
 * this class is used.
 */
export class Vectors {
  readonly #layout: Layout;
  readonly #values: Values;
  readonly #known = new Map<Tuple, Map<LaneBits, Word>>();

  constructor(layout: Layout, values: Values) {
    this.#layout = layout;
    this.#values = values;
  }

  /** The tuple in lanes of `bits` bits, or of as many as it needs. */
  of(tuple: Tuple, bits = laneBits(tuple.interval)!): Word {
    let known = this.#known.get(tuple);
    if (known === undefined) {
      known = new Map();
      this.#known.set(tuple, known);
    }
    let word = known.get(bits);
    if (word === undefined) {
      word = this.#make(tuple, bits);
      known.set(bits, word);
    }
    return word;
  }

  #make(tuple: Tuple, bits: LaneBits): Word {
    const count = tuple.nets.length;
    switch (tuple.kind) {
      case 'constants':
        return constantLanes(tuple.values, bits);
      case 'splat':
        return [apply('v128', laneOpcodes[bits].splat, this.#scalar(tuple.nets[0]!))];
      case 'neighbours':
        return this.#load(tuple, bits);
      case 'bits':
        return resized([this.#bits(tuple)], 8, bits, count);
      case 'gathered':
        return this.#gather(tuple.nets, bits);
      case 'computed': {
        if (bits !== tuple.bits) return resized(this.of(tuple, tuple.bits), tuple.bits, bits, count);
        const operands = tuple.operands.map(operand => this.of(operand, bits));
        return tuple.operation.compile(vectorMachine(bits), operands, tuple.parameters);
      }
    }
  }

  #scalar(net: NetId): Node {
    return as('i32', this.#values.of(net)[0]!);
  }

  #gather(nets: readonly NetId[], bits: LaneBits): Word {
    const opcodes = laneOpcodes[bits];
    const each = 128 / bits;
    return Array.from({ length: Math.ceil((nets.length * bits) / 128) }, (_, i) =>
      nets
        .slice(i * each, (i + 1) * each)
        .map(net => this.#scalar(net))
        .reduce(
          (all, node, lane): Node =>
            lane === 1 && all.type === 'i32'
              ? replace(apply('v128', opcodes.splat, all), node, opcodes.replace, lane)
              : replace(all, node, opcodes.replace, lane),
        ),
    );
  }

  #load({ nets, place, format }: Neighbours, bits: LaneBits): Word {
    const { address, offset } = this.#placeOf(nets[0]!, place);
    return loadLanes(address, offset, format, nets.length, bits);
  }

  #bits(tuple: Bits): Node {
    const { address, offset } = this.#placeOf(tuple.source, tuple.place);
    return loadBits(tuple, address, offset);
  }

  #placeOf(net: NetId, place: 'state' | 'input'): { readonly address: Address; readonly offset: number } {
    if (place === 'state') return { address: 'fixed', offset: this.#layout.states.get(net)!.address };
    const field = this.#layout.inputs.fields[this.#layout.inputOf.get(net)!]!;
    return { address: 'stimulus', offset: field.offset };
  }
}

/** Constants in lanes of `bits` bits. */
export function constantLanes(values: readonly bigint[], bits: LaneBits): Word {
  const each = 128 / bits;
  return Array.from({ length: Math.ceil((values.length * bits) / 128) }, (_, i) =>
    lanesConstant(values.slice(i * each, (i + 1) * each), bits),
  );
}

/** What stores `count` lanes of `bits` bits side by side as values of a format. */
export function storeLanes(
  word: Word,
  bits: LaneBits,
  { bytes, signed }: Format,
  count: number,
): StorePart[] {
  const size = (8 * bytes) as LaneBits;
  let small = word;
  let now = bits;
  for (; now > size; now = (now / 2) as LaneBits)
    small = narrowed(small, now, count, signed || now > 2 * size);
  const total = count * bytes;
  // A value that is the same in all lanes comes as one vector.
  const at = (i: number) => small[i] ?? small[0]!;
  if (total < 16) {
    const opcode = total === 8 ? vector.store64Lane : vector.store32Lane;
    return [{ node: at(0), opcode, offset: 0, lane: 0 }];
  }
  return Array.from({ length: total / 16 }, (_, i) => ({
    node: at(i),
    opcode: vector.store,
    offset: 16 * i,
  }));
}

/** `count` neighbours of a format in memory, in lanes of `bits` bits. */
function loadLanes(
  address: Address,
  offset: number,
  { bytes, signed }: Format,
  count: number,
  bits: LaneBits,
): Word {
  const own = (8 * bytes) as LaneBits;
  if (own < bits && count >= 8 / bytes) {
    // The instruction that loads half a vector into lanes of twice the size.
    const opcode =
      bytes === 1
        ? signed
          ? vector.load8x8Signed
          : vector.load8x8Unsigned
        : signed
          ? vector.load16x4Signed
          : vector.load16x4Unsigned;
    const wide = Array.from({ length: (count * bytes) / 8 }, (_, i) =>
      load('v128', opcode, address, offset + 8 * i),
    );
    return resized(wide, (2 * own) as LaneBits, bits, count);
  }
  const total = count * bytes;
  const opcode = total >= 16 ? vector.load : total === 8 ? vector.load64Zero : vector.load32Zero;
  const whole = Array.from({ length: Math.ceil(total / 16) }, (_, i) =>
    load('v128', opcode, address, offset + 16 * i),
  );
  if (own === bits) return whole;
  const wide = resized(whole, own, (2 * own) as LaneBits, count);
  const ones = lanesConstant(Array(128 / (2 * own)).fill((1n << BigInt(own)) - 1n), 2 * own);
  const exact = signed ? wide : wide.map(node => apply('v128', vector.and, node, ones));
  return resized(exact, (2 * own) as LaneBits, bits, count);
}

function replace(all: Node, node: Node, opcode: number, lane: number): Node {
  return { kind: 'apply', type: 'v128', opcode, operands: [all, node], lane };
}
