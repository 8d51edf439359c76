import { badInterval } from './diagnostics.ts';

/** No signal is wider: what would be is a mistake, and would take all memory. */
const widest = 2 ** 24;

/**
 * The closed interval [min, max] of the integers that a signal can hold.
 *
 * Width and signedness follow from the interval: a value that can be negative is kept in two's complement, any
 * other as an unsigned number, both in the fewest bits that hold every value of the interval.
 */
export class Interval {
  readonly min: bigint;
  readonly max: bigint;
  /** Whether a negative value is possible. */
  readonly signed: boolean;
  /** Bits that hold every value; a constant 0 counts one bit. */
  readonly width: number;

  /** @throws Diagnostic TCT-1026 when min > max. */
  constructor(min: bigint, max: bigint) {
    if (min > max) throw badInterval(`the interval [${min}, ${max}] ends before it begins`);
    this.min = min;
    this.max = max;
    this.signed = min < 0n;
    this.width = this.signed
      ? 1 + Math.max(bitLength(-1n - min), max > 0n ? bitLength(max) : 0)
      : Math.max(1, bitLength(max));
  }

  /** The interval that holds one value: a constant. */
  static of(value: bigint): Interval {
    return new Interval(value, value);
  }

  /** Whether exactly one value is possible. */
  get isConstant(): boolean {
    return this.min === this.max;
  }

  contains(value: bigint): boolean {
    return this.min <= value && value <= this.max;
  }

  /** Whether every value of `other` is also a value of this interval. */
  covers(other: Interval): boolean {
    return this.min <= other.min && other.max <= this.max;
  }

  equals(other: Interval): boolean {
    return this.min === other.min && this.max === other.max;
  }

  /** The smallest interval that covers both. */
  hull(other: Interval): Interval {
    return this.covers(other)
      ? this
      : other.covers(this)
        ? other
        : new Interval(least(this.min, other.min), most(this.max, other.max));
  }

  /** Whether the interval is all that its bits can hold: [0, 2^w - 1] or [-2^(w-1), 2^(w-1) - 1]. */
  get isFullRange(): boolean {
    return this.equals(this.signed ? int(this.width) : uint(this.width));
  }

  toString(): string {
    return `[${this.min}, ${this.max}]`;
  }
}

/**
 * All values of a two's complement number of `bits` bits: [-2^(bits-1), 2^(bits-1) - 1]; bits from 1.
 * @throws Diagnostic TCT-1026 for any other number of bits.
 */
export function int(bits: number): Interval {
  requireBits('int', bits);
  const half = 1n << BigInt(bits - 1);
  return new Interval(-half, half - 1n);
}

/**
 * All values of an unsigned number of `bits` bits: [0, 2^bits - 1]; bits from 1.
 * @throws Diagnostic TCT-1026 for any other number of bits.
 */
export function uint(bits: number): Interval {
  requireBits('uint', bits);
  return new Interval(0n, (1n << BigInt(bits)) - 1n);
}

/**
 * The interval [min, max], given as whole numbers.
 * @throws Diagnostic TCT-1026 when min > max, or for a number that is not whole or too large to be exact.
 */
export function range(min: number | bigint, max: number | bigint): Interval {
  return new Interval(endOf(min), endOf(max));
}

/** One bit: [0, 1]. */
export const bit: Interval = uint(1);

/** The number of bits of a non-negative integer without leading zeros; 0 for 0. */
export function bitLength(value: bigint): number {
  if (value <= 0x7fffffffn) return 32 - Math.clz32(Number(value));
  const hex = value.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

export function least(...values: bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}

export function most(...values: bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a));
}

function requireBits(use: 'int' | 'uint', bits: number): void {
  if (!Number.isInteger(bits) || bits < 1 || bits > widest)
    throw badInterval(`'${use}' takes a whole number of bits from 1 to ${widest}, not ${String(bits)}`);
}

function endOf(end: number | bigint): bigint {
  if (typeof end === 'bigint') return end;
  if (!Number.isSafeInteger(end))
    throw badInterval(
      `'range' takes whole numbers that are exact (beyond 2^53 as BigInt), not ${String(end)}`,
    );
  return BigInt(end);
}
