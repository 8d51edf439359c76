import {
  bit,
  component,
  concat,
  mux,
  named,
  register,
  registered,
  type Signal,
  synchronise,
  uint,
} from '../../hdl-gen/lang/index.ts';

/**
 * Takes and gives bytes as an SPI slave in mode 0: the clock rests at 0, bits are taken at its rising edge and change at its falling one, the
 * highest first. Both directions are bytes without a beginning or an end; `cs_n` tells where they begin, and may be 0 for one byte or for
 * a million.
 *
 * The pins are looked at with the clock of the core, so that there is one clock only: `sck` may have an eighth of its rate at most. (An edge is
 * seen after three cycles, and a bit is on `miso` a cycle later; the master looks half a period after the edge.)
 *
 * `valid` is 1 for one cycle for each byte that came. A byte to be sent is taken, with `ready`, when its first bit is taken by the
 * master; where there is none, the byte is 0.
 */
export const spiSlave = component('spi_slave', {
  inputs: { sck: bit, mosi: bit, cs_n: bit, out: { valid: bit, data: uint(8) } },
  build: ({ sck, mosi, cs_n, out }) => {
    const pins = named({
      clock: synchronise(sck),
      in_bit: synchronise(mosi),
      // Flip-flops power up as 0, and nothing is selected then.
      selected: registered(synchronise(cs_n).not()),
    });
    const { selected } = pins;
    const { clock_before: before } = named({ clock_before: registered(pins.clock) });
    const { rises, falls } = named({
      rises: selected.and(pins.clock).and(before.not()),
      falls: selected.and(before).and(pins.clock.not()),
    });
    const unselected: Signal = selected.not();
    const { count } = named({ count: register(uint(3), { reset: unselected, enable: rises }) });
    count.next(count.add(1).wrap(uint(3)));

    const { received } = named({ received: register(uint(8), { enable: rises }) });
    received.next(concat(pins.in_bit, received.slice(0, 7)));
    const { valid } = named({ valid: registered(rises.and(count.equals(7)), { reset: true }) });

    // The next byte is put there before its first bit is due; it counts as sent when that bit is taken.
    const { begins } = named({ begins: unselected.or(falls.and(count.equals(0))) });
    const { sending, is_byte: isByte } = named({
      sending: register(uint(8), { enable: begins.or(falls) }),
      is_byte: register(bit, { reset: true, enable: begins }),
    });
    sending.next(mux(begins, mux(out.valid, out.data, 0), sending.shiftLeft(1).wrap(uint(8))));
    isByte.next(out.valid);
    const { ready } = named({ ready: rises.and(count.equals(0)).and(isByte) });
    return { valid, data: received, ready, miso: sending.bit(7) };
  },
});
