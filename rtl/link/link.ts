import { bit, component, uint, wire } from '../../hdl-gen/lang/index.ts';
import { hostResponse } from '../host-port/index.ts';
import { frameEngine } from './frame-engine.ts';
import type { LinkParameters } from './parameters.ts';
import { requestBuffer } from './request-buffer.ts';
import { responseSender } from './response-sender.ts';

/**
 * From bytes to the host port and back, whatever carries the bytes: a UART or SPI.
 *
 * Bytes come with `valid` and are taken at once. Those that go out are taken where `valid` and `ready` are 1. `came` and `lost`
 * are 1 for a cycle for each request that came whole, and for each one that did not.
 */
export const link = component('link', (parameters: LinkParameters) => ({
  inputs: {
    in: { valid: bit, data: uint(8), damaged: bit },
    out: { ready: bit },
    host: { ready: bit, response: hostResponse },
  },
  build: ({ in: input, out, host }) => {
    const take = wire(bit);
    const taken = wire(bit);
    const buffer = requestBuffer({ in: input, take });
    const engine = frameEngine(parameters)({
      in: {
        settled: buffer.settled,
        available: buffer.available,
        data: buffer.data,
        at_end: buffer.atEnd,
      },
      out: { ready: taken },
      host,
    });
    take.drive(engine.in.take);
    const sender = responseSender({ in: engine.out, out });
    taken.drive(sender.in.ready);
    return {
      out: sender.out,
      host: engine.host,
      came: buffer.came,
      lost: buffer.lost,
    };
  },
}));
