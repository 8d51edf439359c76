import { bit, component, counter, mux, named, register, uint } from '../../../hdl-gen/lang/index.ts';

/**
 * Sends bytes on the line of a UART: a start bit (0), eight bits with the lowest first, one stop bit (1).
 *
 * `pulse` comes `oversampling` times in a bit. A byte is taken in a cycle where `valid` and `ready` are 1; `ready` is 1 for one
 * cycle at the end of a stop bit, and while nothing is sent at the end of each bit. So bytes follow each other without a gap.
 */
export const uartTransmitter = component('uart_transmitter', ({ oversampling }: { oversampling: 4 | 8 }) => ({
  inputs: { pulse: bit, valid: bit, data: uint(8) },
  build: ({ pulse, valid, data }) => {
    const { isLast } = counter(oversampling, { reset: true, enable: pulse });
    const { bit_ends: bitEnds } = named({ bit_ends: pulse.and(isLast) });
    const { bits_left: bitsLeft } = named({ bits_left: register(uint(4), { reset: true, enable: bitEnds }) });
    const { idle } = named({ idle: bitsLeft.equals(0) });
    const { ready } = named({ ready: bitEnds.and(idle) });
    const { begins } = named({ begins: valid.and(idle) });
    bitsLeft.next(mux(begins, 9, mux(idle, 0, bitsLeft.sub(1).wrap(uint(4)))));
    // They are kept inverted: flip-flops power up as 0, and the line rests at 1.
    const { inverted } = named({ inverted: register(uint(9), { reset: true, enable: bitEnds }) });
    inverted.next(mux(begins, data.not().shiftLeft(1).or(1), inverted.shiftRight(1)));
    return { ready, line: inverted.bit(0).not() };
  },
}));
