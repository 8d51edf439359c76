import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commands,
  crc16,
  crcRest,
  crcRestOf,
  decodeResponse,
  encodeRequest,
  FrameSplitter,
  maxFrameBytes,
  maxWords,
  type Request,
  stuff,
  unstuff,
  unstuffFromEnd,
} from '../../protocol/index.ts';
import { slowCrc, slowRequest, slowStuff, slowUnstuff } from '../support/model-device.ts';

const bytes = (limits: fc.IntArrayConstraints = {}) => fc.uint8Array(limits);
// Zeros are what stuffing is about.
const manyZeros = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), { maxLength: maxFrameBytes })
  .map(list => Uint8Array.from(list));

describe('the CRC', () => {
  it('has the check value of the CRC catalogue', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0xd64e);
  });

  it('is the rest of the long division, and over a frame with its CRC it is always the same', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 300 }), frame => {
        const crc = slowCrc([...frame]);
        expect(crc16(frame)).toBe(crc);
        expect(crcRestOf([...frame, crc >> 8, crc & 255])).toBe(crcRest);
      }),
    );
  });

  it('sees every damage of up to three bits', () => {
    const damages = fc.uniqueArray(fc.integer({ min: 0, max: 250 * 8 - 1 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(bytes({ minLength: 250, maxLength: 250 }), damages, (frame, places) => {
        const damaged = frame.slice();
        for (const place of places) damaged[place >> 3]! ^= 1 << (place & 7);
        expect(crc16(damaged)).not.toBe(crc16(frame));
      }),
    );
  });
});

describe('stuffing', () => {
  // The examples of the paper's method that https://en.wikipedia.org/wiki/Consistent_Overhead_Byte_Stuffing lists.
  it.each([
    ['00', '01 01'],
    ['00 00', '01 01 01'],
    ['00 11 00', '01 02 11 01'],
    ['11 22 00 33', '03 11 22 02 33'],
    ['11 22 33 44', '05 11 22 33 44'],
    ['11 00 00 00', '02 11 01 01 01'],
  ])('makes of %s what is published: %s', (frame, stuffed) => {
    expect(hex(stuff(fromHex(frame)))).toBe(stuffed);
    expect(hex(unstuff(fromHex(stuffed))!)).toBe(frame);
  });

  it('never leaves a 0, adds one byte, and comes back from either end', () => {
    fc.assert(
      fc.property(manyZeros, frame => {
        const stuffed = stuff(frame);
        expect([...stuffed]).toEqual(slowStuff([...frame]));
        expect(stuffed).not.toContain(0);
        expect(unstuff(stuffed)).toEqual(frame);
        expect(unstuffFromEnd(stuff(frame.toReversed()).reverse())).toEqual(frame);
      }),
    );
  });

  it('knows what is not stuffed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 40 }), list => {
        const expected = slowUnstuff(list);
        const found = unstuff(Uint8Array.from(list));
        expect(found === undefined ? undefined : [...found]).toEqual(expected);
      }),
    );
  });

  it('refuses a frame that is too long', () => {
    expect(() => stuff(new Uint8Array(255))).toThrow('a frame has at most 254 bytes, not 255');
  });
});

const request = fc
  .record({
    sequence: fc.integer({ min: 0, max: 255 }),
    command: fc.constantFrom('read' as const, 'write' as const),
    address: fc.integer({ min: 0, max: 2 ** 18 - 1 }),
    list: fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff_ffff)), { minLength: 1, maxLength: maxWords }),
  })
  .map(({ list, ...rest }): Request => {
    const words = rest.command === 'write' ? Uint32Array.from(list) : new Uint32Array();
    return { ...rest, count: list.length, words };
  });

/** The bytes of a request, put together from the page's table. */
function slowFrame({ sequence, command, address, count, words }: Request): number[] {
  const data = [...words].flatMap(word => [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24]);
  const second = commands[command] * 16 + Math.floor(address / 65_536);
  return [sequence, second, address % 256, Math.floor(address / 256) % 256, count, ...data];
}

describe('a request', () => {
  it('has the bytes of the drawing', () => {
    fc.assert(
      fc.property(request, asked => {
        expect([...encodeRequest(asked)]).toEqual(slowRequest(slowFrame(asked)));
      }),
    );
  });

  it('that is full is one stuffed block of at most 254 bytes', () => {
    const words = new Uint32Array(maxWords).fill(0xffff_ffff);
    const wire = encodeRequest({ sequence: 1, command: 'write', address: 0, count: maxWords, words });
    expect(wire.length).toBe(maxWords * 4 + 7 + 1 + 2);
    expect(wire.length - 2).toBeLessThanOrEqual(255);
  });
});

describe('frames on a wire', () => {
  const faults = fc.record({
    kind: fc.constantFrom('changed', 'lost', 'extra'),
    place: fc.nat(),
    byte: fc.integer({ min: 0, max: 255 }),
  });

  it('of which one byte is changed, lost or too many: one frame is missing at most, and none is wrong', () => {
    fc.assert(
      fc.property(
        fc.array(request, { minLength: 3, maxLength: 6 }),
        faults,
        (asked, { kind, place, byte }) => {
          const wire = asked.flatMap(each => [...encodeRequest(each)]);
          const at = place % wire.length;
          if (kind === 'extra') wire.splice(at, 0, byte);
          else if (kind === 'lost') wire.splice(at, 1);
          else wire[at] = byte;
          const good = new FrameSplitter()
            .push(wire)
            .map(piece => slowUnstuff([...piece]))
            .filter(frame => frame !== undefined && isWhole(frame))
            .map(frame => frame!.slice(0, -2).join());
          const sent = asked.map(each => slowFrame(each).join());
          expect(good.filter(frame => !sent.includes(frame))).toEqual([]);
          expect(good.length).toBeGreaterThanOrEqual(asked.length - 1);
        },
      ),
      // One damage in 65,536 escapes the CRC; these do not.
      { numRuns: 500, seed: 5 },
    );
  });

  it('come out whole however the bytes arrive, and a piece that is too long is cut', () => {
    const splitter = new FrameSplitter();
    expect(splitter.push([0, 0, 1, 2])).toEqual([]);
    expect(splitter.push([3, 0, 4, 0, 5])).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    const [long, next] = splitter.push([...Array<number>(1000).fill(5), 0, 6, 0]);
    expect(long!.length).toBe(255);
    expect(next).toEqual(Uint8Array.of(6));
  });
});

describe('a response', () => {
  const respond = (frame: readonly number[]): Uint8Array => {
    const crc = slowCrc(frame);
    return Uint8Array.from(slowStuff([...frame, crc >> 8, crc & 255].reverse()).reverse());
  };

  it('is read from the end', () => {
    expect(decodeResponse(respond([9, 1, 0, 0, 0x80, 0, 0, 0, 0, 0]))).toEqual({
      frame: { sequence: 9, status: 'done', words: Uint32Array.of(0x8000_0001, 0) },
    });
    expect(decodeResponse(respond([200, 2]))).toEqual({
      frame: { sequence: 200, status: 'noSession', words: new Uint32Array() },
    });
  });

  it('that is none is told by what is wrong with it', () => {
    expect(decodeResponse(Uint8Array.of(9, 9))).toEqual({ damage: 'stuffing' });
    expect(decodeResponse(respond([1, 2, 3, 0]))).toEqual({ damage: 'length' });
    expect(decodeResponse(respond([1, 99]))).toEqual({ damage: 'status' });
    const damaged = respond([1, 0]);
    damaged[0]! ^= 4;
    expect(decodeResponse(damaged)).toEqual({ damage: 'crc' });
  });
});

function hex(list: Uint8Array): string {
  return [...list].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.split(' '), byte => Number.parseInt(byte, 16));
}

function isWhole(frame: readonly number[]): boolean {
  return frame.length >= 7 && slowCrc(frame.slice(0, -2)) === frame.at(-2)! * 256 + frame.at(-1)!;
}
