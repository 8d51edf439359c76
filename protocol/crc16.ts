/**
 * CRC-16/GENIBUS: polynomial x^16 + x^12 + x^5 + 1 (0x1021), start 0xffff, highest bit first, nothing reflected, the result
 * inverted. Over the nine ASCII digits `123456789` it is 0xd64e (the check value that the CRC catalogue at
 * https://reveng.sourceforge.io/crc-catalogue/16.htm publishes). Sent high byte first, the division over a whole frame with
 * its CRC leaves `crcRest`, and not 0: so a zero too many behind the frame is seen.
 *
 * Up to 32,751 bits every damage of 1, 2 or 3 bits changes it, and so does every burst of up to 16 bits; any other damage
 * escapes it once in 65,536 times.
 */

/** The rest of the division before the first byte. */
export const crcStart = 0xffff;

/** What it is behind a frame with its CRC. */
export const crcRest = 0x1d0f;

/** The rest of the division after one more byte. */
export function crcNext(rest: number, byte: number): number {
  // The eight steps of the division at once: what the byte adds to the quotient comes in at bits 12, 5 and 0.
  let quotient = (rest >> 8) ^ byte;
  quotient ^= quotient >> 4;
  return ((rest << 8) ^ (quotient << 12) ^ (quotient << 5) ^ quotient) & 0xffff;
}

/** The CRC of some bytes. */
export function crc16(bytes: Iterable<number>): number {
  return crcRestOf(bytes) ^ 0xffff;
}

/** The rest of the division over some bytes. */
export function crcRestOf(bytes: Iterable<number>): number {
  let rest = crcStart;
  for (const byte of bytes) rest = crcNext(rest, byte);
  return rest;
}
