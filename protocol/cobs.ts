/**
 * Stuffing: a frame becomes bytes that are never 0, so that 0 can stand between frames.
 *
 * Consistent overhead byte stuffing (S. Cheshire, M. Baker, "Consistent Overhead Byte Stuffing", IEEE/ACM Transactions
 * on Networking 7(2), 1999): each 0 is replaced by the distance to the next one, and one distance goes in front.
 *
 *     frame      11 22 00 33          00
 *     stuffed    03 11 22 02 33       01 01
 *
 * A frame here has 254 bytes at most, so no distance is more than 255 and the case of longer runs is not needed.
 *
 * The device stuffs from the end: each 0 is replaced by the distance to the one before, and one distance goes behind.
 * That is the same code on the reversed bytes. The device can so send each byte when it has it, and needs no memory for the
 * frame; the host has the whole frame before it reads it. (The same is known as reverse COBS.)
 */

/** The most bytes that a frame has before it is stuffed. */
export const maxFrameBytes = 254;

/** Stuffs a frame of at most 254 bytes. @throws RangeError for a longer one. */
export function stuff(frame: Uint8Array): Uint8Array {
  if (frame.length > maxFrameBytes)
    throw new RangeError(`a frame has at most ${maxFrameBytes} bytes, not ${frame.length}`);
  const out = new Uint8Array(frame.length + 1);
  out.set(frame, 1);
  for (let at = frame.length, end = out.length; at >= 0; at--) {
    if (at !== 0 && out[at] !== 0) continue;
    out[at] = end - at;
    end = at;
  }
  return out;
}

/** Stuffs a frame of at most 254 bytes from its end, as a device does. @throws RangeError for a longer one. */
export function stuffFromEnd(frame: Uint8Array): Uint8Array {
  return stuff(frame.toReversed()).reverse();
}

/** The frame, or undefined where the bytes are no stuffed frame. They hold no 0, as they come from between two. */
export function unstuff(bytes: Uint8Array): Uint8Array | undefined {
  const out = bytes.slice(1);
  let at = 0;
  while (at < bytes.length) {
    if (at > 0) out[at - 1] = 0;
    at += bytes[at]!;
  }
  return bytes.length > 0 && at === bytes.length ? out : undefined;
}

/** The frame of bytes that were stuffed from the end, or undefined where they were not. */
export function unstuffFromEnd(bytes: Uint8Array): Uint8Array | undefined {
  return unstuff(bytes.toReversed())?.reverse();
}
