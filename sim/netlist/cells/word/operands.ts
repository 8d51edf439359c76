import { type NetId, uint } from '../../../../ir/index.ts';
import type { CircuitBuilder } from '../../builder.ts';
import type { NetlistCell } from '../../cell.ts';

/*
 * The ports of a word-level cell have widths of their own, and the parameter `<port>_SIGNED` says whether an operand
 * is signed. In the circuit an operand is the integer that it means, so nothing has to be extended; a result that is
 * wider or narrower than the port Y gives its low bits, in two's complement.
 */

/** The operand at a port, as the integer that it means. */
export function operand(cell: NetlistCell, port: 'A' | 'B'): NetId {
  const width = cell.width(port);
  return width === 0 ? cell.input(port) : cell.vectorOf(port, 0, width, cell.flag(`${port}_SIGNED`));
}

/** The bits of an operand extended by its sign, or cut, to `width` bits. */
export function extended(cell: NetlistCell, port: 'A' | 'B', width: number): NetId {
  return cell.builder.wrapped(operand(cell, port), uint(width));
}

/** 1 where any bit is 1. */
export function isNotZero(b: CircuitBuilder, net: NetId): NetId {
  const { width } = b.interval(net);
  return width === 1 ? net : b.not(isZero(b, net));
}

export function isZero(b: CircuitBuilder, net: NetId): NetId {
  return b.cell('equal', [net, b.constant(0n, b.interval(net).width)], undefined);
}

/** 1 where a number is negative: nothing to compute for one without a sign. */
export function isNegative(b: CircuitBuilder, net: NetId): NetId {
  return b.interval(net).signed ? b.cell('less', [net, b.constant(0n)], undefined) : b.constant(0n);
}

/** The number without its sign, in as many bits. */
export function magnitude(b: CircuitBuilder, net: NetId): NetId {
  const { signed, width } = b.interval(net);
  if (!signed) return net;
  const negated = b.cell('negate', [net], undefined);
  return b.wrapped(b.cell('mux', [isNegative(b, net), negated, net], undefined), uint(width));
}

export function negatedIf(b: CircuitBuilder, condition: NetId, net: NetId): NetId {
  return b.cell('mux', [condition, b.cell('negate', [net], undefined), net], undefined);
}
