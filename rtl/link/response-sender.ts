import { bit, component, mux, named, register, uint } from '../../hdl-gen/lang/index.ts';
import { crcStart } from '../../protocol/index.ts';
import { crcAfter } from './crc.ts';
import { states } from './states.ts';

/**
 * Makes a response of bytes that come one by one: zeros around it, CRC behind it, and stuffed from the end, as
 * `protocol/frames.ts` tells.
 *
 * A byte is taken in a cycle where `valid` and `ready` are 1; the first one begins a response, and `last` comes with its last
 * one. The bytes for the wire go out in the same way.
 */
export const responseSender = component('response_sender', {
  inputs: { in: { valid: bit, data: uint(8), last: bit }, out: { ready: bit } },
  build: ({ in: input, out }) => {
    const state = states(['idle', 'content', 'crc_high', 'crc_low', 'distance', 'end']);
    const at = state.in;
    const { crc, distance } = named({
      crc: register(uint(16), {
        initial: crcStart,
        reset: at.idle,
        enable: at.content.and(input.valid).and(out.ready),
      }),
      distance: register(uint(8), { initial: 1, reset: at.idle, enable: out.ready }),
    });
    crc.next(crcAfter(crc, input.data));

    const { plain } = named({
      plain: mux(at.content, input.data, mux(at.crc_high, crc.slice(8, 8), crc.slice(0, 8)).not()),
    });
    const isZero = plain.equals(0);
    const counts = at.content.and(input.valid).or(at.crc_high).or(at.crc_low);
    distance.next(mux(counts.not(), distance, mux(isZero, 1, distance.add(1).wrap(uint(8)))));
    const isContent = at.content.or(at.crc_high).or(at.crc_low);
    const byte = mux(at.distance.or(isContent.and(isZero)), distance, mux(isContent, plain, 0));

    state.go('idle', input.valid.and(out.ready), 'content');
    state.go('content', input.valid.and(out.ready).and(input.last), 'crc_high');
    state.go('crc_high', out.ready, 'crc_low');
    state.go('crc_low', out.ready, 'distance');
    state.go('distance', out.ready, 'end');
    state.go('end', out.ready, 'idle');
    state.close();
    const outValid = mux(at.content.or(at.idle), input.valid, 1);
    return { in: { ready: at.content.and(out.ready) }, out: { valid: outValid, data: byte } };
  },
});
