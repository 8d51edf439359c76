import { op, opcodes, type ValueType } from './encoder.ts';

/**
 * An expression of WebAssembly values. Nodes form a graph: one that is used more than once is computed once and
 * kept in a local (see `codegen.ts`), any other stays on the stack.
 */
export type Node = Constant | Load | Apply;

export interface Constant {
  readonly kind: 'constant';
  readonly type: ValueType;
  readonly value: bigint;
}

/** A value in memory, at a fixed place or at `offset` from an address that is computed. */
export interface Load {
  readonly kind: 'load';
  readonly type: ValueType;
  readonly address: Node | 'fixed' | 'stimulus';
  readonly offset: number;
}

/** An instruction that takes the operands from the stack. */
export interface Apply {
  readonly kind: 'apply';
  readonly type: ValueType;
  readonly opcode: number;
  readonly operands: readonly Node[];
}

/**
 * A signed integer as the engine holds it: one i32, one i64, or several i64 with the lowest first, in two's
 * complement.
 */
export type Word = readonly Node[];

export function constantNode(type: ValueType, value: bigint): Constant {
  return { kind: 'constant', type, value: BigInt.asIntN(type === 'i32' ? 32 : 64, value) };
}

export function load(type: ValueType, address: Node | 'fixed' | 'stimulus', offset: number): Load {
  return { kind: 'load', type, address, offset };
}

export function apply(type: ValueType, opcode: number, ...operands: Node[]): Apply {
  return { kind: 'apply', type, opcode, operands };
}

/** `a op b` on two values of one type; what 0 makes trivial is left out, as limbs are full of zeros. */
export function binary(
  name: 'add' | 'sub' | 'and' | 'or' | 'xor' | 'shl' | 'shrSigned' | 'shrUnsigned',
  a: Node,
  b: Node,
): Node {
  if (isZero(b)) return name === 'and' ? b : a;
  if (isZero(a)) {
    if (name === 'add' || name === 'or' || name === 'xor') return b;
    if (name !== 'sub') return a;
  }
  return apply(a.type, opcodes[a.type][name], a, b);
}

/** A comparison of two values of one type: an i32, 0 or 1. */
export function compare(name: 'eq' | 'ltSigned' | 'ltUnsigned', a: Node, b: Node): Node {
  if (name === 'eq' && isZero(b)) return apply('i32', opcodes[a.type].eqz, a);
  return apply('i32', opcodes[a.type][name], a, b);
}

/** Both values are computed, whichever is taken. */
export function select(condition: Node, whenTrue: Node, whenFalse: Node): Node {
  return apply(whenTrue.type, op.select, whenTrue, whenFalse, condition);
}

/** The same signed value as an i32 (which must hold it) or an i64. */
export function as(type: ValueType, node: Node): Node {
  if (node.type === type) return node;
  if (node.kind === 'constant') return constantNode(type, node.value);
  return apply(type, type === 'i64' ? op.extendSigned : op.wrap, node);
}

/** The sign of an i64: 0 or -1. */
export function signOf(node: Node): Node {
  if (node.kind === 'constant') return constantNode('i64', node.value < 0n ? -1n : 0n);
  return binary('shrSigned', node, constantNode('i64', 63n));
}

/** The same value in the form for `words` words of 32 bits (see `words.ts`), which must be able to hold it. */
export function inWords(word: Word, words: number): Word {
  if (words === 1) return [as('i32', word[0]!)];
  const limbs = word.slice(0, words / 2).map(limb => as('i64', limb));
  const sign = limbs.length < words / 2 ? signOf(limbs.at(-1)!) : undefined;
  while (limbs.length < words / 2) limbs.push(sign!);
  return limbs;
}

/** The type of the limbs of a value of `words` words. */
export function limbType(words: number): ValueType {
  return words === 1 ? 'i32' : 'i64';
}

/** The bytes of each limb of a value of `words` words. */
export function limbBytes(words: number): number {
  return words === 1 ? 4 : 8;
}

function isZero(node: Node): boolean {
  return node.kind === 'constant' && node.value === 0n;
}
