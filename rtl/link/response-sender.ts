import { any, bit, component, mux, named, register, toSignal, uint } from '../../hdl-gen/lang/index.ts';
import { crcStart } from '../../protocol/index.ts';
import { crcAfter } from './crc.ts';
import { loadOrCountUp } from './load-or-count.ts';
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
    // A byte of the frame goes out, its content or its CRC.
    const isPlain = any([at.content, at.crc_high, at.crc_low]);
    const { goes } = named({ goes: out.ready.and(isPlain).and(input.valid.or(at.content.not())) });
    const { crc, distance } = named({
      crc: register(uint(16), { initial: crcStart, reset: at.idle, enable: goes }),
      distance: register(uint(8), { initial: 1, reset: at.idle, enable: goes }),
    });
    // With its own high byte the division shifts the CRC by that byte, so the second byte of it comes from the same place.
    const high = crc.slice(8, 8);
    crc.next(crcAfter(crc, mux(at.content, input.data, high)));

    const { plain } = named({ plain: mux(at.content, input.data, high.not()) });
    const isZero = plain.equals(0);
    distance.next(loadOrCountUp(distance, isZero, toSignal(1)));
    const byte = mux(at.distance.or(isPlain.and(isZero)), distance, mux(isPlain, plain, 0));

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
