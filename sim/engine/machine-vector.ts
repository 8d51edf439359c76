import type { Machine } from '../../ir/index.ts';
import { type Apply, apply, type Constant, constantNode, type Node } from './expression.ts';
import { lanes as laneOpcodes, vector } from './opcodes.ts';
import type { Word } from './word.ts';

/** The bits of a lane of a vector. */
export type LaneBits = 8 | 16 | 32;

/** What a vector cannot do; who catches it computes lane by lane. */
export class NoVector extends Error {}

/**
 * The machine whose words are vectors: as many as it takes for the lanes, each of which holds a signed integer of
 * `bits` bits. A row's code is the same as for one value; every instruction works on all lanes.
 */
export function vectorMachine(bits: LaneBits): Machine<Word> {
  const opcodes = laneOpcodes[bits];
  const both =
    (opcode: number) =>
    (a: Word, b: Word): Word =>
      a.length === 1 || b.length === 1
        ? (a.length >= b.length ? a : b).map((_, i) =>
            apply('v128', opcode, a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!),
          )
        : a.map((x, i) => apply('v128', opcode, x, b[i]!));
  const constant = (value: bigint): Word => [lanesConstant(Array(128 / bits).fill(value), bits)];
  const and = both(vector.and);
  const sub = both(opcodes.sub);
  const shift = (opcode: number, a: Word, count: number): Word =>
    count === 0 ? a : a.map(x => apply('v128', opcode, x, constantNode('i32', BigInt(count))));
  const shiftRight = (a: Word, count: number) => shift(opcodes.shrSigned, a, Math.min(count, bits - 1));
  const truth = (comparison: Word): Word => and(comparison, constant(1n));
  const no = (what: string) => (): never => {
    throw new NoVector(what);
  };

  return {
    constant,
    add: both(opcodes.add),
    sub,
    and,
    or: both(vector.or),
    xor: both(vector.xor),
    shiftLeft: (a, count) => shift(opcodes.shl, a, count % bits),
    shiftRight,
    shiftLeftBy: no('shiftLeftBy'),
    shiftRightBy: no('shiftRightBy'),
    zeroExtend: (a, width) => {
      if (width >= bits) return a;
      const ones = constant((1n << BigInt(width)) - 1n);
      // Processors have no shift of bytes. That of pairs does as well where what it drags in is masked away.
      return and(bits === 8 ? a.map(x => pairShift(x, width)) : a, ones);
    },
    signExtend: (a, width) =>
      width >= bits ? a : shiftRight(shift(opcodes.shl, a, bits - width), bits - width),
    equal: (a, b) => truth(both(opcodes.eq)(a, b)),
    less: (a, b) => truth(both(opcodes.ltSigned)(a, b)),
    select: (condition, a, b) => {
      const mask = sub(constant(0n), condition);
      const count = Math.max(mask.length, a.length, b.length);
      const at = (word: Word, i: number) => word[word.length === 1 ? 0 : i]!;
      return Array.from({ length: count }, (_, i) =>
        apply('v128', vector.bitSelect, at(a, i), at(b, i), at(mask, i)),
      );
    },
    multiply: no('multiply'),
    divide: no('divide'),
    remainder: no('remainder'),
    parity: no('parity'),
  };
}

/** A shift of bytes to the right as one of pairs of bytes, if `width` bits of each byte are right even so. */
function pairShift(node: Node, width: number): Node {
  if (node.kind !== 'apply' || node.opcode !== laneOpcodes[8].shrSigned) return node;
  const [value, count] = (node as Apply).operands;
  if (Number((count as Constant).value) + width > 8) return node;
  return apply('v128', laneOpcodes[16].shrSigned, value!, count!);
}

/** A vector of these values, the first one in the lowest lane. */
export function lanesConstant(values: readonly bigint[], bits: number): Constant {
  const value = values.reduceRight((all, lane) => (all << BigInt(bits)) | BigInt.asUintN(bits, lane), 0n);
  return { kind: 'constant', type: 'v128', value };
}

/** The same `count` lanes in lanes of another size, which must be able to hold them. */
export function resized(word: Word, from: LaneBits, to: LaneBits, count: number): Word {
  if (from === to) return word;
  const next = (from < to ? 2 * from : from / 2) as LaneBits;
  const vectors = Math.ceil((count * next) / 128);
  let step: Word;
  if (word.length === 1 && isSplat(word[0]!, from)) {
    const lane = BigInt.asIntN(from, (word[0] as Constant).value);
    step = [lanesConstant(Array(128 / next).fill(lane), next)];
  } else if (from < to) {
    const [low, high] =
      from === 8
        ? [vector.extendLow8Signed, vector.extendHigh8Signed]
        : [vector.extendLow16Signed, vector.extendHigh16Signed];
    step = Array.from({ length: vectors }, (_, i) =>
      apply('v128', i % 2 === 0 ? low : high, word[word.length === 1 ? 0 : i >> 1]!),
    );
  } else {
    step = narrowed(word, from, count, true);
  }
  return resized(step, next, to, count);
}

/** `count` lanes of 16 or 32 bits in lanes of half the size, signed or unsigned, which must be able to hold them. */
export function narrowed(word: Word, from: LaneBits, count: number, signed: boolean): Word {
  const opcode =
    from === 16
      ? signed
        ? vector.narrow16Signed
        : vector.narrow16Unsigned
      : signed
        ? vector.narrow32Signed
        : vector.narrow32Unsigned;
  return Array.from({ length: Math.ceil((count * from) / 256) }, (_, i) =>
    apply('v128', opcode, word[2 * i] ?? word[0]!, word[2 * i + 1] ?? word[2 * i] ?? word[0]!),
  );
}

function isSplat(node: Node, bits: number): boolean {
  if (node.kind !== 'constant') return false;
  const lane = BigInt.asUintN(bits, node.value);
  for (let at = bits; at < 128; at += bits)
    if (BigInt.asUintN(bits, node.value >> BigInt(at)) !== lane) return false;
  return true;
}
