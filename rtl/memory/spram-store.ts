import { concat, mux, type Signal } from '../../hdl-gen/lang/index.ts';
import { spram } from './spram.ts';

/*
 * The four single-port RAMs of an UltraPlus device side by side: 16,384 words of 64 bits, which a host writes in two parts
 * of 32 bits.
 *
 *     bits   63..48   47..32 | 31..16   15..0
 *            RAM 3    RAM 2  | RAM 1    RAM 0
 *               part 1       |    part 0
 *
 * There is one port. `reading` says whose address it takes, so that what says it may come late of what is written: a write has
 * to find it 0. Where something is written nothing is read, and what comes out an edge later is no word. Where the RAMs are not
 * selected they take no energy, and show what they showed.
 */

/** Bits of a word. */
export const spramStoreBits = 64;

/** What is written where. */
export interface SpramWrite {
  /** 1 where the address is that of a read. */
  readonly reading: Signal;
  /** 1 at least where a word is read, when `reading` is 1, and where one is written. */
  readonly selected: Signal;
  readonly enable: Signal;
  /** 0: bits 31 to 0, 1: bits 63 to 32. */
  readonly part: Signal;
  readonly address: Signal;
  readonly data: Signal;
}

/** The word at `read`, one edge later. */
export function spramStore(
  read: Signal,
  { reading, selected, enable, part, address, data }: SpramWrite,
): Signal {
  const place = mux(reading, read, address);
  const banks = [0, 1, 2, 3].map(bank => {
    const isHere = bank < 2 ? part.not() : part;
    const { DATAOUT } = spram(
      {
        ADDRESS: place,
        DATAIN: data.slice(16 * (bank % 2), 16),
        // The banks of the other part write no nibble.
        MASKWREN: concat(isHere, isHere, isHere, isHere),
        WREN: enable,
        CHIPSELECT: selected,
        STANDBY: 0,
        SLEEP: 0,
        POWEROFF: 1,
      },
      { name: `spram_${bank}` },
    );
    return DATAOUT;
  });
  return concat(...banks);
}
