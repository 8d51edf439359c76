import {
  all,
  any,
  bit,
  component,
  loadOrCountUp,
  mux,
  named,
  register,
  registered,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { crcStart } from '../../protocol/index.ts';
import { crcAfter } from './crc.ts';
import { states } from './states.ts';

/**
 * Makes a response of bytes that come one by one: zeros around it, CRC behind it, and stuffed from the end, as
 * `protocol/frames.ts` tells.
 *
 * A byte is taken in a cycle where `valid` and `ready` are 1; the first one begins a response, and `last` comes with its last
 * one. The bytes for the wire go out in the same way. Each waits in a register until the wire takes it, so that no path goes from
 * the words of the core to the wire.
 */
export const responseSender = component('response_sender', {
  inputs: { in: { valid: bit, data: uint(8), last: bit }, out: { ready: bit } },
  build: ({ in: input, out }) => {
    const state = states(['idle', 'content', 'crc_high', 'crc_low', 'distance', 'end']);
    const at = state.in;
    const { waits } = named({ waits: register(bit, { reset: true }) });
    const free = waits.not();
    // A byte of the frame goes out, its content or its CRC.
    const isPlain = any([at.content, at.crc_high, at.crc_low]);
    // A byte is looked at for a cycle before it goes: whether it is 0 comes out of a register.
    const { offered } = named({ offered: registered(input.valid, { reset: true }) });
    const comes = input.valid.and(offered);
    const { goes } = named({ goes: free.and(isPlain).and(comes.or(at.content.not())) });
    // Idle is where a reset leads too, also one in the middle of a response.
    const { crc, distance } = named({
      crc: register(uint(16), { initial: crcStart, reset: at.idle, enable: goes }),
      distance: register(uint(8), { initial: 1, reset: at.idle, enable: goes }),
    });
    // With its own high byte the division shifts the CRC by that byte, so the second byte of it comes from the same place.
    const high = crc.slice(8, 8);
    crc.next(crcAfter(crc, mux(at.content, input.data, high)));

    const { plain } = named({ plain: mux(at.content, input.data, high.not()) });
    const { is_zero: isZero } = named({ is_zero: registered(plain.equals(0)) });
    distance.next(loadOrCountUp(distance, isZero, toSignal(1)));
    const { waiting } = named({ waiting: register(uint(8), { enable: free }) });
    waiting.next(mux(at.distance.or(isPlain.and(isZero)), distance, mux(isPlain, plain, 0)));
    waits.next(mux(waits, out.ready.not(), mux(at.content.or(at.idle), comes, 1)));

    const begins = comes.and(free);
    state.go('idle', begins, 'content');
    state.go('content', begins.and(input.last), 'crc_high');
    state.go('crc_high', free, 'crc_low');
    state.go('crc_low', free, 'distance');
    state.go('distance', free, 'end');
    state.go('end', free, 'idle');
    state.close();
    return { in: { ready: all([at.content, free, offered]) }, out: { valid: waits, data: waiting } };
  },
});
