import {
  all,
  any,
  bit,
  component,
  memory,
  mux,
  named,
  register,
  registered,
  scope,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { crcRest, crcStart } from '../../protocol/index.ts';
import { crcAfter } from './crc.ts';
import { loadOrCountDown, loadOrCountUp } from './load-or-count.ts';

/**
 * Takes the bytes of requests from the wire, and gives those of the requests that came whole.
 *
 * Each byte is unstuffed and goes into a ring of 256 bytes. At the 0 behind a request its bytes become visible if stuffing and CRC are
 * right and the ring had room for all; otherwise the ring forgets them. So nothing of a damaged request is ever seen.
 *
 * `available` says that there is a byte to be read, and `byte` is it, from the second cycle after a `take` on. `isFirst` marks
 * the first byte of a request. The CRC is still there, as the last two bytes.
 *
 * A word of the ring is a byte and a mark, so the ring is one block RAM.
 */
export const requestBuffer = component('request_buffer', {
  inputs: { in: { valid: bit, data: uint(8), damaged: bit }, take: bit },
  build: ({ in: input, take }) => {
    const place = uint(8);
    const { is_zero: isZero } = named({ is_zero: input.data.equals(0) });
    const { ends } = named({ ends: input.valid.and(isZero) });
    const { arrives } = named({ arrives: input.valid.and(isZero.not()) });

    // The distance to the next replaced 0, as `protocol/cobs.ts` tells; at 1 the byte is such a distance itself.
    const { distance } = named({
      distance: register(uint(8), { initial: 1, reset: ends, enable: arrives }),
    });
    const { is_distance: isDistance } = named({ is_distance: distance.equals(1) });
    distance.next(loadOrCountDown(distance, isDistance, input.data));

    // The first distance replaces nothing.
    const { at_front: atFront } = named({
      at_front: register(bit, { initial: 1, reset: true, enable: input.valid }),
    });
    atFront.next(isZero);
    const { is_first: isFirst } = named({
      is_first: register(bit, { initial: 1, reset: true, enable: input.valid }),
    });
    isFirst.next(atFront.or(isZero));
    const { stores } = named({ stores: arrives.and(atFront.not()) });
    const { plain } = named({ plain: mux(isDistance, 0, input.data) });

    const { crc } = named({
      crc: register(uint(16), { initial: crcStart, reset: ends, enable: stores }),
    });
    crc.next(crcAfter(crc, plain));

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
    // Without room for this byte, which is not the first of its request: with all places taken, the pointers are equal.
    full.drive(write.equals(read).and(isFirst.not()));
    broken.next(ends.not().and(any([broken, input.damaged, stores.and(full)])));
    whole.drive(all([ends, broken.not(), full.not(), isDistance, crc.equals(crcRest)]));

    // Nothing is read while something is written, so that the block RAM needs no logic around it for both at one place.
    const ring = memory({ data: uint(8), is_first: bit }, { depth: 256, name: 'ring' });
    ring.write(write, { data: plain, is_first: isFirst }, { enable: stores });
    const next = ring.read(read, { enable: stores.not() });
    const { settled } = named({ settled: register(bit, { reset: true }) });
    settled.next(take.not().and(settled.or(stores.not())));
    const lost = goesBack.and(atFront.not());
    return {
      settled,
      // Known a cycle after it became so, as what is read is.
      available: registered(read.notEquals(visible), { reset: true }),
      data: next.data,
      isFirst: next.is_first,
      came: whole,
      lost,
    };
  },
});
