import {
  assert,
  bit,
  type Circuit,
  concat,
  foreign,
  type Interval,
  memory,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';

/** Words of a single-port RAM of UltraPlus devices, and bits of a word. */
export const spramWords = 16_384;
export const spramBits = 16;

const nibbles = { n0: uint(4), n1: uint(4), n2: uint(4), n3: uint(4) };

/**
 * SB_SPRAM256KA, the single-port RAM of UltraPlus devices: 16,384 words of 16 bits, without initial contents. At an edge where
 * CHIPSELECT is 1 it reads, or with WREN writes those nibbles of the word whose MASKWREN is 1. The cell says nothing of what
 * it shows after a write; here it shows what it showed before, so nobody may look. The three modes of saving power are not
 * used: STANDBY and SLEEP are 0, and POWEROFF, which turns it off at 0, is 1.
 */
export const spram: Circuit<
  {
    readonly ADDRESS: Interval;
    readonly DATAIN: Interval;
    readonly MASKWREN: Interval;
    readonly WREN: Interval;
    readonly CHIPSELECT: Interval;
    readonly STANDBY: Interval;
    readonly SLEEP: Interval;
    readonly POWEROFF: Interval;
  },
  { readonly DATAOUT: Signal }
> = foreign(
  { name: 'SB_SPRAM256KA', clock: 'CLOCK' },
  {
    inputs: {
      ADDRESS: uint(14),
      DATAIN: uint(spramBits),
      MASKWREN: uint(4),
      WREN: bit,
      CHIPSELECT: bit,
      STANDBY: bit,
      SLEEP: bit,
      POWEROFF: bit,
    },
    build({ ADDRESS, DATAIN, MASKWREN, WREN, CHIPSELECT, STANDBY, SLEEP, POWEROFF }) {
      assert(STANDBY.or(SLEEP).not().and(POWEROFF), 'the RAM is on');
      const cells = memory(nibbles, { depth: spramWords, name: 'cells' });
      const nibble = (i: number): Signal => DATAIN.slice(4 * i, 4);
      cells.write(
        ADDRESS,
        { n0: nibble(0), n1: nibble(1), n2: nibble(2), n3: nibble(3) },
        {
          enable: CHIPSELECT.and(WREN),
          mask: { n0: MASKWREN.bit(0), n1: MASKWREN.bit(1), n2: MASKWREN.bit(2), n3: MASKWREN.bit(3) },
        },
      );
      const { n0, n1, n2, n3 } = cells.read(ADDRESS, { enable: CHIPSELECT.and(WREN.not()) });
      return { DATAOUT: concat(n0, n1, n2, n3) };
    },
  },
);
