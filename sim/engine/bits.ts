import { type Address, apply, load, type Node } from './expression.ts';
import { lanesConstant } from './machine-vector.ts';
import { lanes, vector } from './opcodes.ts';
import type { Bits } from './tuples.ts';

/** Bytes of a vector. */
const size = 16;

/** Places, in bytes from the source's begin, of as many vectors as it takes to have all bits. */
export function windowsOf({ bits }: Bits): number[] {
  const windows: number[] = [];
  for (const byte of bits.map(bit => bit >> 3).sort((a, b) => a - b))
    if (windows.length === 0 || byte >= windows.at(-1)! + size) windows.push(byte);
  return windows;
}

/**
 * The bits in lanes of 8 bits, 0 or 1: each lane takes the byte that its bit is in, and looks whether the bit is 1.
 *
 * @param offset of the source, from the address.
 */
export function loadBits(tuple: Bits, address: Address, offset: number): Node {
  const bytes = windowsOf(tuple).map(begin => {
    const whole = load('v128', vector.load, address, offset + begin);
    const indices = tuple.bits.map(bit => {
      const place = (bit >> 3) - begin;
      // A lane that asks for a byte beyond the vector gets 0.
      return BigInt(place >= 0 && place < size ? place : 255);
    });
    return apply('v128', vector.swizzle, whole, lanesConstant(indices, 8));
  });
  const all = bytes.reduce((a, b) => apply('v128', vector.or, a, b));
  const places = lanesConstant(
    tuple.bits.map(bit => 1n << BigInt(bit & 7)),
    8,
  );
  const isOne = apply('v128', lanes[8].eq, apply('v128', vector.and, all, places), places);
  return apply('v128', vector.and, isOne, lanesConstant(Array(size).fill(1n), 8));
}
