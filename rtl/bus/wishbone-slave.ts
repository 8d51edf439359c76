import {
  any,
  bit,
  choose,
  component,
  mux,
  named,
  register,
  type Signal,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { addressBits, type WindowName, windowAddressBits, windows, wordBits } from '../../protocol/index.ts';
import { hostResponse } from '../host-port/index.ts';

/** What a bus has to know of the core behind it. */
export interface BusParameters {
  /** Bits of an address in each window, 1 to 16: a word beyond is answered with an error. */
  readonly windowBits: Readonly<Record<WindowName, number>>;
}

/** What a Wishbone master says to a slave: an address of words, and a bit of `sel_i` for each byte. */
export const wishboneRequest = {
  cyc_i: bit,
  stb_i: bit,
  we_i: bit,
  adr_i: uint(addressBits),
  sel_i: uint(wordBits / 8),
  dat_i: uint(wordBits),
} as const;

/**
 * From Wishbone B4 (classic cycles, 32 bits) to the host port. An address counts words: byte addresses without their two
 * lowest bits.
 *
 * - A transfer begins where `cyc` and `stb` are 1 and ends with one cycle of `ack` or `err`. It takes two cycles; where the core
 *   has to wait, `ack` waits too.
 * - `err` answers an address outside of the windows, and a write with less than four bytes of `sel`: nothing is written then. Reads
 *   give the whole word, whatever `sel` says.
 * - A master may give a transfer up at any time. A read that was on its way is then not answered.
 */
export const wishboneSlave = component('wishbone_slave', ({ windowBits }: BusParameters) => ({
  inputs: {
    wb: wishboneRequest,
    host: { ready: bit, response: hostResponse },
  },
  build({ wb, host }) {
    const { ready, response } = host;
    const { asks } = named({ asks: wb.cyc_i.and(wb.stb_i) });
    const isPartial = wb.we_i.and(wb.sel_i.notEquals(2 ** (wordBits / 8) - 1));
    const { refused } = named({ refused: isOutside(wb.adr_i, windowBits).or(isPartial) });

    const { reading, answered, failed } = named({
      /** A read is on its way. */
      reading: register(bit, { reset: true }),
      /** A write was taken in the cycle before. */
      answered: register(bit, { reset: true }),
      /** The transfer of the cycle before was refused. */
      failed: register(bit, { reset: true }),
    });
    const { begins } = named({ begins: asks.and(any([reading, answered, failed]).not()) });
    const valid = begins.and(refused.not());
    const { taken } = named({ taken: valid.and(ready) });
    reading.next(mux(reading, response.valid.not(), taken.and(wb.we_i.not())));
    answered.next(taken.and(wb.we_i));
    failed.next(begins.and(refused));
    // A transfer that was given up while it was read leaves an answer that belongs to nobody.
    const { given_up: givenUp } = named({ given_up: register(bit, { reset: true }) });
    givenUp.next(reading.and(response.valid.not()).and(givenUp.or(asks.not())));
    const isRead = reading.and(response.valid).and(givenUp.not());
    return {
      wb: { ack_o: asks.and(answered.or(isRead)), err_o: asks.and(failed), dat_o: response.data },
      host: {
        request: {
          read: valid.and(wb.we_i.not()),
          write: valid.and(wb.we_i),
          address: wb.adr_i,
          data: wb.dat_i,
        },
      },
    };
  },
}));

/** Whether a word is beyond the end of its window. */
function isOutside(address: Signal, windowBits: BusParameters['windowBits']): Signal {
  const beyond = (Object.keys(windows) as WindowName[]).map(name => {
    const bits = windowBits[name];
    return bits >= windowAddressBits
      ? toSignal(0)
      : address.slice(bits, windowAddressBits - bits).notEquals(0);
  });
  return choose(address.slice(windowAddressBits, addressBits - windowAddressBits), beyond);
}
