import { bitLength, type Interval } from '../../ir/index.ts';
import type { ModulePort } from '../lang/index.ts';
import type { Expression, VectorType } from './ast.ts';

/** Bits of an address of `depth` words. */
export function addressWidth(depth: number): number {
  return Math.max(1, bitLength(BigInt(depth - 1)));
}

export function typeOf({ width, signed }: Interval): VectorType {
  return { width, signed };
}

/** The type of a port; a vector of several elements has no sign. */
export function portType({ interval, isArray, elements }: ModulePort): VectorType {
  return { width: interval.width * elements.length, signed: interval.signed && !isArray };
}

/** A name where its sign does not matter: the target of an assignment, a connection. */
export function nameOf(name: string): Expression {
  return { kind: 'name', name, signed: false };
}
