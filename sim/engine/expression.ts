import { bitsAfter, bitsOf, isIdleMask } from './known-bits.ts';
import { op, opcodes, type ScalarType, type ValueType } from './opcodes.ts';

/**
 * An expression of WebAssembly values. Nodes form a graph: one that is used more than once is computed once and
 * kept in a local (see `writer.ts`), any other stays on the stack.
 */
export type Node = Constant | Load | Apply | LoopIndex | Base;

export interface Constant {
  readonly kind: 'constant';
  readonly type: ValueType;
  /** Of a vector all 128 bits. */
  readonly value: bigint;
}

/** A value in memory, at a fixed place or at `offset` from an address that is computed. */
export interface Load {
  readonly kind: 'load';
  readonly type: ValueType;
  readonly opcode: number;
  readonly address: Address;
  readonly offset: number;
  /** See `bitsOf`. */
  readonly bits?: number | undefined;
}

/** How many bytes of planes the loop around has passed: 16 for each turn. */
export interface LoopIndex {
  readonly kind: 'index';
  readonly type: 'i32';
}

/** The address of a record, as a number. */
export interface Base {
  readonly kind: 'base';
  readonly type: 'i32';
  readonly record: 'stimulus' | 'result';
}

export type Address = Node | 'fixed' | 'stimulus' | 'result';

/** An instruction that takes the operands from the stack. */
export interface Apply {
  readonly kind: 'apply';
  readonly type: ValueType;
  readonly opcode: number;
  readonly operands: readonly Node[];
  /** The lane that the instruction names, if it does. */
  readonly lane?: number | undefined;
  /** See `bitsOf`. */
  readonly bits?: number | undefined;
}

export function constantNode(type: ScalarType, value: bigint): Constant {
  return { kind: 'constant', type, value: BigInt.asIntN(type === 'i32' ? 32 : 64, value) };
}

export function load(
  type: ValueType,
  opcode: number,
  address: Address,
  offset: number,
  bits?: number | undefined,
): Load {
  return { kind: 'load', type, opcode, address, offset, bits };
}

export function apply(type: ValueType, opcode: number, ...operands: Node[]): Apply {
  return { kind: 'apply', type, opcode, operands };
}

/** The operations of `binary`. */
export type BinaryName = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'shl' | 'shrSigned' | 'shrUnsigned';

/** `a op b` on two scalars of one type; what 0 makes trivial is left out, as limbs are full of zeros. */
export function binary(name: BinaryName, a: Node, b: Node): Node {
  if (isZero(b)) return name === 'and' ? b : a;
  if (isZero(a)) {
    if (name === 'add' || name === 'or' || name === 'xor') return b;
    if (name !== 'sub') return a;
  }
  if (name === 'and' && isIdleMask(a, b)) return a;
  return { ...apply(a.type, opcodes[scalarType(a)][name], a, b), bits: bitsAfter(name, a, b) };
}

/** A comparison of two scalars of one type: an i32, 0 or 1. */
export function compare(name: 'eq' | 'ltSigned' | 'ltUnsigned', a: Node, b: Node): Node {
  if (name === 'eq' && isZero(b)) return { ...apply('i32', opcodes[scalarType(a)].eqz, a), bits: 1 };
  return { ...apply('i32', opcodes[scalarType(a)][name], a, b), bits: 1 };
}

/** Both values are computed, whichever is taken. */
export function select(condition: Node, whenTrue: Node, whenFalse: Node): Node {
  // As many as either has.
  const bits = bitsAfter('or', whenTrue, whenFalse);
  return { ...apply(whenTrue.type, op.select, whenTrue, whenFalse, condition), bits };
}

/** The same signed value as an i32 (which must hold it) or an i64. */
export function as(type: ScalarType, node: Node): Node {
  if (node.type === type) return node;
  if (node.kind === 'constant') return constantNode(type, node.value);
  const bits = bitsOf(node);
  const kept = bits !== undefined && bits < 32 ? bits : undefined;
  return { ...apply(type, type === 'i64' ? op.extendSigned : op.wrap, node), bits: kept };
}

/** The sign of an i64: 0 or -1. */
export function signOf(node: Node): Node {
  if (node.kind === 'constant') return constantNode('i64', node.value < 0n ? -1n : 0n);
  return binary('shrSigned', node, constantNode('i64', 63n));
}

export function isZero(node: Node): boolean {
  return node.kind === 'constant' && node.value === 0n;
}

function scalarType({ type }: Node): ScalarType {
  if (type === 'v128') throw new Error('internal error: a vector where a scalar is due');
  return type;
}
