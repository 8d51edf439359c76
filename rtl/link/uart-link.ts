import { bit, component, wire } from '../../hdl-gen/lang/index.ts';
import { hostResponse } from '../host-port/index.ts';
import { link } from './link.ts';
import type { LinkParameters } from './parameters.ts';
import { pulses } from './uart/pulses.ts';
import { uartRate } from './uart/rate.ts';
import { uartReceiver } from './uart/receiver.ts';
import { uartTransmitter } from './uart/transmitter.ts';

export interface UartLinkParameters extends LinkParameters {
  /** The clock of the core, in hertz. */
  readonly clockHz: number;
  /** Bits a second. */
  readonly baud: number;
}

/**
 * A link over two wires: `rx` from the host, `tx` to it.
 * @throws Diagnostic TCT-7401 and TCT-7403 where the clock cannot make the rate.
 */
export const uartLink = component('uart_link', ({ clockHz, baud, windowBits }: UartLinkParameters) => {
  const rate = uartRate(clockHz, baud);
  return {
    inputs: { rx: bit, host: { ready: bit, response: hostResponse } },
    build: ({ rx, host }) => {
      const pulse = pulses(rate);
      const { oversampling } = rate;
      const received = uartReceiver({ oversampling })({ pulse, line: rx });
      const ready = wire(bit);
      const { out, ...rest } = link({ windowBits })({
        in: { valid: received.valid, data: received.data, damaged: received.damaged },
        out: { ready },
        host,
      });
      const sender = uartTransmitter({ oversampling })({ pulse, ...out });
      ready.drive(sender.ready);
      return { tx: sender.line, ...rest };
    },
  };
});
