import { concat, type Operand, type Signal, toSignal } from '../../hdl-gen/lang/index.ts';

/**
 * The CRC of `protocol/crc16.ts` after one more data: what `crcNext` does, bit by bit. 16 bits in, 8 bits in, 16 out.
 */
export function crcAfter(crc: Signal, byte: Signal): Signal {
  const sum = crc.slice(8, 8).xor(byte);
  const quotient = sum.xor(sum.shiftRight(4));
  const at = (bits: Signal, index: number): Operand =>
    index < 0 || index >= bits.width ? 0 : bits.bit(index);
  return concat(
    ...Array.from({ length: 16 }, (_, i) => {
      const kept = i < 8 ? toSignal(0) : crc.bit(i - 8);
      return kept
        .xor(at(quotient, i - 12))
        .xor(at(quotient, i - 5))
        .xor(at(quotient, i));
    }),
  );
}

/** The same after one more bit: a byte is eight of them, the highest first. */
export function crcAfterBit(crc: Signal, next: Signal): Signal {
  const quotient = crc.bit(15).xor(next);
  const before = (i: number): Signal => (i === 0 ? toSignal(0) : crc.bit(i - 1));
  return concat(
    ...Array.from({ length: 16 }, (_, i) => ([0, 5, 12].includes(i) ? before(i).xor(quotient) : before(i))),
  );
}
