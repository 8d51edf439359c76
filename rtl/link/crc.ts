import {
  concat,
  mux,
  named,
  type Operand,
  register,
  type Signal,
  scope,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { crcStart } from '../../protocol/index.ts';

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

/** What goes into a CRC bit by bit. */
export interface CrcInputs {
  readonly data: Signal;
  /** 1 where `data` is the next byte, ten cycles after the one before or later. */
  readonly load: Signal;
  /** 1 in the cycle after that where the byte counts. */
  readonly counts: Signal;
  /** 1 where the CRC begins anew. */
  readonly anew: Signal;
}

/**
 * The same, a bit in each of the eight cycles from `counts` on, which takes fewer cells where the byte has to be kept in a register
 * anyway: `byte` is it in the cycle after `load`.
 */
export function serialCrc({ data, load, counts, anew }: CrcInputs): {
  readonly crc: Signal;
  readonly byte: Signal;
} {
  return scope('crc', () => {
    const { bits, taken } = named({
      bits: register(uint(8)),
      taken: register(uint(3), { reset: true }),
    });
    bits.next(mux(load, data, bits.shiftLeft(1).wrap(uint(8))));
    const { takes } = named({ takes: counts.or(taken.notEquals(0)) });
    taken.next(taken.add(takes).wrap(uint(3)));
    const { crc } = named({ crc: register(uint(16), { initial: crcStart, reset: anew, enable: takes }) });
    crc.next(afterBit(crc, bits.bit(7)));
    return { crc, byte: bits };
  });
}

/** The rest of the division after one more bit. */
function afterBit(rest: Signal, next: Signal): Signal {
  const quotient = rest.bit(15).xor(next);
  const before = (i: number): Signal => (i === 0 ? toSignal(0) : rest.bit(i - 1));
  return concat(
    ...Array.from({ length: 16 }, (_, i) => ([0, 5, 12].includes(i) ? before(i).xor(quotient) : before(i))),
  );
}
