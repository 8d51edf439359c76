import { all, bit, component, memory, mux, named, register, scope, uint } from '../../hdl-gen/lang/index.ts';
import { crcRest, crcStart } from '../../protocol/index.ts';
import { crcAfter } from './crc.ts';

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
      distance: register(uint(8), { initial: 1, reset: true, enable: input.valid }),
    });
    const { is_distance: isDistance } = named({ is_distance: distance.equals(1) });
    distance.next(mux(isZero, 1, mux(isDistance, input.data, distance.sub(1).wrap(uint(8)))));

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

    const { write, visible, read } = scope('place', () =>
      named({
        write: register(place, { reset: true }),
        visible: register(place, { reset: true }),
        read: register(place, { reset: true, enable: take }),
      }),
    );
    const after = write.add(1).wrap(place);
    const { is_full: isFull } = named({ is_full: after.equals(read) });
    const { broken } = named({ broken: register(bit, { reset: true }) });
    broken.next(ends.not().and(broken.or(input.damaged).or(stores.and(isFull))));
    const { whole } = named({
      whole: all([ends, broken.not(), isDistance, crc.equals(crcRest)]),
    });
    write.next(mux(ends, mux(whole, write, visible), mux(stores.and(isFull.not()), after, write)));
    visible.next(mux(whole, write, visible));
    read.next(read.add(1).wrap(place));

    const ring = memory({ data: uint(8), is_first: bit }, { depth: 256, name: 'ring' });
    ring.write(write, { data: plain, is_first: isFirst }, { enable: stores });
    const next = ring.read(read);
    const lost = ends.and(whole.not()).and(atFront.not());
    return {
      available: read.notEquals(visible),
      data: next.data,
      isFirst: next.is_first,
      came: whole,
      lost,
    };
  },
});
