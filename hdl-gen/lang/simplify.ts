import { Interval, type PrimitiveName, primitiveNamed } from '../../ir/index.ts';
import type { Signal } from './signal.ts';

/**
 * What an operation comes to before any hardware is made: an operand that already is the result, a constant, or
 * the interval of a result that needs hardware.
 */
export function simplify(
  operation: PrimitiveName,
  operands: readonly Signal[],
  parameters: unknown,
): Signal | bigint | Interval {
  const row = primitiveNamed(operation);
  const values = operands.map(operand => operand.constant);
  if (values.every(value => value !== undefined)) return row.evaluate(values, parameters);

  const interval = row.interval(
    operands.map(operand => operand.interval),
    parameters,
  );
  if (interval.isConstant) return interval.min;
  if (operands.length === 2 && operands[0] === operands[1]) {
    const same = withItself[operation];
    if (same !== undefined) return same(operands[0]!);
  }
  return identity(operation, operands, parameters) ?? interval;
}

/** What an operation of a signal with itself comes to. */
const withItself: Partial<Record<PrimitiveName, (signal: Signal) => Signal | bigint>> = {
  equal: () => 1n,
  less: () => 0n,
  sub: () => 0n,
  xor: () => 0n,
  and: signal => signal,
  or: signal => signal,
};

/** The operand that an operation hands on unchanged, if it does. */
function identity(
  operation: PrimitiveName,
  operands: readonly Signal[],
  parameters: unknown,
): Signal | undefined {
  const [a, b, c] = operands;
  switch (operation) {
    case 'add':
    case 'or':
    case 'xor':
      return b!.constant === 0n ? a : a!.constant === 0n ? b : undefined;
    case 'sub':
      return b!.constant === 0n ? a : undefined;
    case 'and':
      return keepsAllBits(b!, a!) ? a : keepsAllBits(a!, b!) ? b : undefined;
    case 'shiftLeft':
    case 'shiftRight':
      return (parameters as { count: number }).count === 0 ? a : undefined;
    case 'mux':
      if (a!.constant !== undefined) return a!.constant === 1n ? b : c;
      return b === c ? b : undefined;
    case 'wrap':
    case 'saturate':
    case 'assume':
      return (parameters as { to: Interval }).to.covers(a!.interval) ? a : undefined;
    case 'slice': {
      const { low, width } = parameters as { low: number; width: number };
      return low === 0 && !a!.interval.signed && width >= a!.width ? a : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a conjunction with `mask` changes nothing of `signal`. */
function keepsAllBits({ constant: mask }: Signal, { interval }: Signal): boolean {
  if (mask === undefined) return false;
  const isAllOnes = (mask & (mask + 1n)) === 0n;
  return mask === -1n || (mask > 0n && isAllOnes && new Interval(0n, mask).covers(interval));
}
