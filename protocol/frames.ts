/**
 * What host and device send each other.
 *
 * The host sends requests, and each is answered with one response. On the wire a frame stands between zeros:
 *
 *      0     request, stuffed                0  0     request, stuffed                0
 *     +--+----------------------------------+--+--+----------------------------------+--+
 *     |00| ...                              |00|00| ...                              |00|
 *     +--+----------------------------------+--+--+----------------------------------+--+
 *
 * A frame has its own zero before it and behind it: so a fault of one byte, wherever it is, costs one frame at most. Two
 * zeros in a row also bring a UART receiver that has lost the beginning of the bytes back into step. Between two zeros
 * may be nothing.
 *
 * A request, before it is stuffed:
 *
 *       0          1          2           3           4         5 ...             last two
 *     +----------+----------+-----------+-----------+---------+-----------------+----------+
 *     | sequence | command, | address   | address   | count   | words, lowest   | CRC,     |
 *     |          | address  | 7..0      | 15..8     | (words) | byte first      | high,low |
 *     +----------+----------+-----------+-----------+---------+-----------------+----------+
 *       byte 1: command in bits 7..4, bits 19..16 of the address in bits 3..0
 *
 * A response, before it is stuffed (from the end, see `cobs.ts`):
 *
 *       0          1 ...                      last three   last two
 *     +----------+--------------------------+------------+----------+
 *     | sequence | words, lowest byte first | status     | CRC,     |
 *     |          | (of a read)              |            | high,low |
 *     +----------+--------------------------+------------+----------+
 *
 * Sequence numbers make repeating safe. The device executes a request whose number is the one after the last, and counts on.
 * One of the 128 numbers before it is a repetition: a write is not done again, a read is (reading changes nothing); both
 * are answered as they were. Any other number comes after a request that was lost: it is refused with `outOfOrder`, and the
 * host goes back to the first request that has no answer. After a reset the device refuses everything but `sync`
 * with `noSession`, so a host knows that memories may have lost what was in them. `sync` sets the number.
 *
 * A damaged request is dropped without an answer.
 */

import { maxFrameBytes, stuff, stuffFromEnd, unstuffFromEnd } from './cobs.ts';
import { crc16, crcRest, crcRestOf } from './crc16.ts';

/** Commands by number; the others are answered with `unknownCommand`. */
export const commands = { sync: 1, read: 2, write: 3 } as const;
export type CommandName = keyof typeof commands;

/** How a request ended. */
export const statuses = {
  done: 0,
  /** A request before this one has not come. */
  outOfOrder: 1,
  /** There was no `sync` since the reset. */
  noSession: 2,
  unknownCommand: 3,
  /** Not all of the words are within a window. */
  badAddress: 4,
  /** No words, more than a frame holds, or a request that is shorter or longer than it says. */
  badCount: 5,
} as const;
export type StatusName = keyof typeof statuses;

/** The most words that a request reads or writes. */
export const maxWords = 60;

/** Bytes of a response beside its words. */
export const responseOverhead = 4;

/** A request. */
export interface Request {
  /** 0 to 255. */
  readonly sequence: number;
  readonly command: CommandName;
  /** The word where it begins; the following words are at the next addresses. */
  readonly address: number;
  /** Words to read; of a write, as many as `words` has; 0 for `sync`. */
  readonly count: number;
  /** Words to write, 0 to 2^32 - 1 each. */
  readonly words: Uint32Array;
}

/** A response. */
export interface Response {
  readonly sequence: number;
  readonly status: StatusName;
  /** The words of a read; where the status is `badAddress`, some of them mean nothing. */
  readonly words: Uint32Array;
}

/** Why some bytes between two zeros are no frame. */
export type Damage = 'stuffing' | 'length' | 'crc' | 'status';

/** A frame, or why it is none. */
export type Decoded<T> = { readonly frame: T } | { readonly damage: Damage };

/** The bytes of a request on the wire, with the zeros around it. @throws RangeError for a frame that is too long. */
export function encodeRequest({ sequence, command, address, count, words }: Request): Uint8Array {
  const header = [
    sequence,
    (commands[command] << 4) | ((address >>> 16) & 15),
    address & 255,
    (address >>> 8) & 255,
  ];
  return onWire(stuff(withCrc([...header, count], words, [])));
}

/** The bytes of a response on the wire, with the zeros around it: what a device has to say. @throws RangeError as above. */
export function encodeResponse({ sequence, status, words }: Response): Uint8Array {
  return onWire(stuffFromEnd(withCrc([sequence], words, [statuses[status]])));
}

/** Reads what came between two zeros from the device. */
export function decodeResponse(bytes: Uint8Array): Decoded<Response> {
  const frame = unstuffFromEnd(bytes);
  if (frame === undefined) return { damage: 'stuffing' };
  if (frame.length < responseOverhead || (frame.length - responseOverhead) % 4 !== 0)
    return { damage: 'length' };
  if (crcRestOf(frame) !== crcRest) return { damage: 'crc' };
  const status = nameOf(statuses, frame.at(-3)!);
  if (status === undefined) return { damage: 'status' };
  return { frame: { sequence: frame[0]!, status, words: wordsIn(frame.subarray(1, frame.length - 3)) } };
}

/** Cuts a stream of bytes at its zeros. */
export class FrameSplitter {
  #open: number[] = [];
  /** Whether what is open is longer than any frame, and is thrown away. */
  #isTooLong = false;

  /** Takes some bytes; gives what was between two zeros, without what is empty. */
  push(bytes: Iterable<number>): Uint8Array[] {
    const found: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte !== 0) {
        this.#isTooLong ||= this.#open.length > maxFrameBytes;
        if (!this.#isTooLong) this.#open.push(byte);
        continue;
      }
      if (this.#open.length > 0) found.push(Uint8Array.from(this.#open));
      this.#open = [];
      this.#isTooLong = false;
    }
    return found;
  }
}

function withCrc(before: readonly number[], words: Uint32Array, behind: readonly number[]): Uint8Array {
  const frame = new Uint8Array(before.length + 4 * words.length + behind.length + 2);
  const view = new DataView(frame.buffer);
  frame.set(before);
  for (const [i, word] of words.entries()) view.setUint32(before.length + 4 * i, word, true);
  frame.set(behind, before.length + 4 * words.length);
  view.setUint16(frame.length - 2, crc16(frame.subarray(0, -2)));
  return frame;
}

function onWire(stuffed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(stuffed.length + 2);
  bytes.set(stuffed, 1);
  return bytes;
}

function wordsIn(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

function nameOf<N extends string>(names: Readonly<Record<N, number>>, number: number): N | undefined {
  return (Object.keys(names) as N[]).find(name => names[name] === number);
}
