import { bit, component, uint, wire } from '../../hdl-gen/lang/index.ts';
import { hostResponse } from '../host-port/index.ts';
import { link } from './link.ts';
import type { LinkParameters } from './parameters.ts';
import { spiSlave } from './spi-slave.ts';

/**
 * The same link as an SPI slave in mode 0, for a microcontroller: the frames of the UART, in both directions at once. The master sends zeros
 * where it has nothing to say, and finds zeros between the responses.
 */
export const spiLink = component('spi_link', ({ windowBits }: LinkParameters) => ({
  inputs: { sck: bit, mosi: bit, cs_n: bit, host: { ready: bit, response: hostResponse } },
  build: ({ sck, mosi, cs_n, host }) => {
    const ready = wire(bit);
    const valid = wire(bit);
    const data = wire(uint(8));
    const { out, ...rest } = link({ windowBits })({ in: { valid, data, damaged: 0 }, out: { ready }, host });
    const slave = spiSlave({ sck, mosi, cs_n, out });
    ready.drive(slave.ready);
    valid.drive(slave.valid);
    data.drive(slave.data);
    return { miso: slave.miso, ...rest };
  },
}));
