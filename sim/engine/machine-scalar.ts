import type { Machine } from '../../ir/index.ts';
import { apply, as, binary, compare, constantNode, type Node, select } from './expression.ts';
import { opcodes, type ScalarType } from './opcodes.ts';
import type { Word } from './word.ts';

/**
 * The machine whose words are one i32 or one i64. Operands of the other type are converted where they are used;
 * a comparison gives an i32 on both.
 */
export function scalarMachine(type: ScalarType): Machine<Word> {
  const bits = type === 'i32' ? 32 : 64;
  const constant = (value: bigint | number) => constantNode(type, BigInt(value));
  const value = (word: Word) => as(type, word[0]!);
  const both =
    (name: Parameters<typeof binary>[0]) =>
    (a: Word, b: Word): Word => [binary(name, value(a), value(b))];
  const shift = (name: 'shl' | 'shrSigned', a: Node, count: number) => binary(name, a, constant(count));

  return {
    constant: v => [constant(v)],
    add: both('add'),
    sub: both('sub'),
    and: both('and'),
    or: both('or'),
    xor: both('xor'),
    // Only 0 can be shifted by as much as the word's bits, and any shift of it is 0.
    shiftLeft: (a, count) => [shift('shl', value(a), count % bits)],
    shiftRight: (a, count) => [shift('shrSigned', value(a), Math.min(count, bits - 1))],
    shiftLeftBy: both('shl'),
    shiftRightBy: (a, b) => {
      const most = constant(bits - 1);
      const count = value(b);
      return [binary('shrSigned', value(a), select(compare('ltSigned', count, most), count, most))];
    },
    // A number that fits in the word as it is, and needs all of the word's bits, is not negative.
    zeroExtend: (a, width) => [
      width >= bits ? value(a) : binary('and', value(a), constant((1n << BigInt(width)) - 1n)),
    ],
    signExtend: (a, width) => {
      if (width >= bits) return [value(a)];
      if (width === 8) return [apply(type, opcodes[type].extend8, value(a))];
      if (width === 16) return [apply(type, opcodes[type].extend16, value(a))];
      return [shift('shrSigned', shift('shl', value(a), bits - width), bits - width)];
    },
    equal: (a, b) => [compare('eq', value(a), value(b))],
    less: (a, b) => [compare('ltSigned', value(a), value(b))],
    select: (condition, a, b) => [select(as('i32', condition[0]!), value(a), value(b))],
    multiply: (a, b, width) => {
      const product = apply(type, opcodes[type].mul, value(a), value(b));
      return [binary('and', product, constant((1n << BigInt(width)) - 1n))];
    },
    divide: (a, b) => [apply(type, opcodes[type].divUnsigned, value(a), value(b))],
    remainder: (a, b) => [apply(type, opcodes[type].remUnsigned, value(a), value(b))],
    parity: a => [
      binary('and', as('i32', apply(type, opcodes[type].popcnt, value(a))), constantNode('i32', 1n)),
    ],
  };
}
