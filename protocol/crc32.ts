/**
 * CRC-32/MPEG-2: polynomial 0x04c11db7, start 0xffffffff, highest bit first, nothing reflected, nothing inverted. Over the nine ASCII digits
 * `123456789` it is 0x0376e6e7 (https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-mpeg-2). With its CRC behind it, the
 * highest byte first, the division over some bytes leaves 0. One in 2^32 of random damages escapes it.
 */

/** The polynomial without its highest power. */
export const crc32Polynomial = 0x04c1_1db7;

/** The rest of the division before the first byte. */
export const crc32Start = 0xffff_ffff;

/** The CRC of some bytes. */
export function crc32(bytes: Iterable<number>): number {
  let rest = crc32Start;
  for (const byte of bytes) {
    rest ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? crc32Polynomial : 0);
  }
  return rest >>> 0;
}
