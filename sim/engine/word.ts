import type { Interval } from '../../ir/index.ts';
import { type Format, formatOf } from '../storage.ts';
import { type Address, as, constantNode, load, type Node, signOf } from './expression.ts';
import { op, opcodes, type ScalarType } from './opcodes.ts';

/**
 * A signed integer as the engine computes with it: one i32, one i64, or several i64 with the lowest first, in two's
 * complement. In memory it may be smaller: see `storage.ts`.
 */
export type Word = readonly Node[];

/** A value's place in the engine's memory. */
export interface Slot extends Format {
  /** In bytes. */
  readonly address: number;
}

/** How many 32-bit words a value of `interval` takes in a `Word`: 1, 2, 4, 6 … */
export function wordsOf({ width, signed }: Interval): number {
  const bits = width + (signed ? 0 : 1);
  return bits <= 32 ? 1 : 2 * Math.ceil(bits / 64);
}

/** The type of the limbs of a value of `words` words. */
export function limbType(words: number): ScalarType {
  return words === 1 ? 'i32' : 'i64';
}

/** The same value in the form for `words` words, which must be able to hold it. */
export function inWords(word: Word, words: number): Word {
  if (words === 1) return [as('i32', word[0]!)];
  const limbs = word.slice(0, words / 2).map(limb => as('i64', limb));
  const sign = limbs.length < words / 2 ? signOf(limbs.at(-1)!) : undefined;
  while (limbs.length < words / 2) limbs.push(sign!);
  return limbs;
}

/** A constant in the form for `words` words. */
export function constantWord(value: bigint, words: number): Word {
  const type = limbType(words);
  return Array.from({ length: Math.ceil(words / 2) }, (_, i) => constantNode(type, value >> BigInt(64 * i)));
}

/** The value of an interval that lies in memory. */
export function loadWord(address: Address, offset: number, interval: Interval): Word {
  const { bytes, signed } = formatOf(interval);
  const words = wordsOf(interval);
  const type = limbType(words);
  if (bytes < 8) {
    const of = opcodes[type];
    const small =
      bytes === 1
        ? [of.load8Unsigned, of.load8Signed]
        : bytes === 2
          ? [of.load16Unsigned, of.load16Signed]
          : type === 'i32'
            ? [of.load, of.load]
            : [op.load32Unsigned, op.load32Signed];
    const bits = signed ? undefined : interval.width;
    return [load(type, small[Number(signed)]!, address, offset, bits)];
  }
  // Without a sign the highest limb may be there for the sign alone; it is not stored.
  return Array.from({ length: words / 2 }, (_, i) =>
    8 * i < bytes ? load('i64', opcodes.i64.load, address, offset + 8 * i) : constantNode('i64', 0n),
  );
}

/** One instruction that stores. */
export interface StorePart {
  readonly node: Node;
  readonly opcode: number;
  /** From the place's address, in bytes. */
  readonly offset: number;
  /** The lane that the instruction names, if it does. */
  readonly lane?: number | undefined;
}

/** What stores a value in this format. */
export function storeParts(word: Word, { bytes }: Format): StorePart[] {
  if (bytes < 8) {
    const node = word[0]!;
    const { store8, store16, store } = opcodes[node.type === 'i64' ? 'i64' : 'i32'];
    const whole = node.type === 'i64' ? op.store32 : store;
    return [{ node, opcode: bytes === 1 ? store8 : bytes === 2 ? store16 : whole, offset: 0 }];
  }
  const limbs = inWords(word, bytes / 4);
  return limbs.map((node, i) => ({ node, opcode: opcodes.i64.store, offset: 8 * i }));
}
