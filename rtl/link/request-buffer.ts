import {
  all,
  any,
  bit,
  component,
  loadOrCountDown,
  loadOrCountUp,
  memory,
  mux,
  named,
  register,
  registered,
  scope,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { crcRest } from '../../protocol/index.ts';
import { serialCrc } from './crc.ts';

/**
 * Takes the bytes of requests from the wire, and gives those of the requests that came whole.
 *
 * Each byte is unstuffed and goes into a ring of 256 bytes. At the 0 behind a request its bytes become visible if stuffing and CRC are
 * right and the ring had room for all; otherwise the ring forgets them. So nothing of a damaged request is ever seen.
 *
 * `available` says that there is a byte to be read. Where `settled` is 1, three cycles or more after a `take`, `data` is that byte, and
 * `atEnd` says that the request before it is over: it is the first byte of another one, or there is none. The CRC is still there, as the
 * last two bytes.
 *
 * Bytes come ten cycles apart or more: the CRC takes them bit by bit.
 *
 * A word of the ring is a byte and a mark, so the ring is one block RAM.
 */
export const requestBuffer = component('request_buffer', {
  inputs: { in: { valid: bit, data: uint(8), damaged: bit }, take: bit },
  build: ({ in: input, take }) => {
    const place = uint(8);
    const { is_zero: isZero } = named({ is_zero: input.data.equals(0) });
    const zero = input.valid.and(isZero);
    const { arrives } = named({ arrives: input.valid.and(isZero.not()) });

    // The distance to the next replaced 0, as `protocol/cobs.ts` tells; at 1 the byte is such a distance itself.
    const { distance } = named({
      distance: register(uint(8), { initial: 1, reset: zero, enable: arrives }),
    });
    const { is_distance: isDistance } = named({ is_distance: distance.equals(1) });
    distance.next(loadOrCountDown(distance, isDistance, input.data));

    // The first distance replaces nothing, and a 0 behind a 0 ends nothing.
    const comes = input.valid.or(input.damaged);
    const {
      at_front: atFront,
      at_first: atFirst,
      is_first: isFirst,
    } = named({
      at_front: register(bit, { initial: 1, reset: true, enable: comes }),
      at_first: register(bit, { initial: 1, reset: true, enable: input.valid }),
      is_first: register(bit, { enable: input.valid }),
    });
    atFront.next(isZero.and(input.damaged.not()));
    atFirst.next(atFront.or(isZero));
    isFirst.next(atFirst);

    // The cycle after: what comes is stored, or it ends a request, whose last distance has to end there too.
    const { stores, ends, fits, damaged } = named({
      stores: registered(arrives.and(atFront.not()), { reset: true }),
      ends: registered(zero.and(atFront.not()), { reset: true }),
      fits: registered(isDistance),
      damaged: registered(input.damaged, { reset: true }),
    });

    const { crc, byte: plain } = serialCrc({
      data: mux(isDistance, 0, input.data),
      load: input.valid,
      counts: stores,
      anew: ends,
    });
    const { is_right: isRight } = named({ is_right: registered(crc.equals(crcRest)) });

    const { broken } = named({ broken: register(bit, { reset: true }) });
    const { whole } = named({ whole: wire(bit) });
    const { full } = named({ full: wire(bit) });
    const goesBack = ends.and(whole.not());
    const moves = stores.and(full.not());
    const { write, visible, read } = scope('place', () =>
      named({
        write: register(place, { reset: true, enable: goesBack.or(moves) }),
        visible: register(place, { reset: true, enable: whole }),
        read: register(place, { reset: true, enable: take }),
      }),
    );
    write.next(loadOrCountUp(write, ends, visible));
    visible.next(write);
    read.next(read.add(1).wrap(place));
    // Without room for this byte, which is not the first of its request: with all places taken, the pointers are equal. The byte before
    // has been there for some cycles.
    const { meets } = named({ meets: registered(write.equals(read)) });
    full.drive(meets.and(isFirst.not()));
    broken.next(ends.not().and(any([broken, damaged, stores.and(full)])));
    whole.drive(all([ends, broken.not(), full.not(), fits, isRight]));

    // Nothing is read while something is written, so that the block RAM needs no logic around it for both at one place.
    const ring = memory({ data: uint(8), is_first: bit }, { depth: 256, name: 'ring' });
    ring.write(write, { data: plain, is_first: isFirst }, { enable: stores });
    const next = ring.read(read, { enable: stores.not() });
    const { came_out: cameOut, settled } = named({
      came_out: register(bit, { reset: true }),
      settled: register(bit, { reset: true }),
    });
    cameOut.next(take.not().and(cameOut.or(stores.not())));
    settled.next(take.not().and(cameOut));
    // Known a cycle after it became so, as what is read is.
    const { available } = named({ available: registered(read.notEquals(visible), { reset: true }) });
    return {
      settled,
      available,
      data: next.data,
      ...named({ atEnd: registered(available.not().or(next.is_first)) }),
      came: whole,
      lost: goesBack,
    };
  },
});
