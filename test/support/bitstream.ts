/**
 * A bitstream of an iCE40 without a connection: four banks of configuration of so many bits, all 0, in the commands of Project IceStorm's
 * documentation of the format.
 */
export function bitstream(width: number, height: number): Uint8Array {
  const bytes = [0xff, 0x00, 0x00, 0xff, 0x7e, 0xaa, 0x99, 0x7e];
  bytes.push(0x51, 0x00, 0x01, 0x05);
  const begin = bytes.length;
  bytes.push(0x92, 0x00, 0x20, 0x62, (width - 1) >> 8, (width - 1) & 255, 0x72, height >> 8, height & 255);
  bytes.push(0x82, 0x00, 0x00);
  for (let bank = 0; bank < 4; bank++)
    bytes.push(0x11, bank, 0x01, 0x01, ...Array<number>((width * height) / 8).fill(0), 0, 0);
  bytes.push(0x22);
  const check = remainder(bytes.slice(begin));
  bytes.push(check >> 8, check & 255, 0x01, 0x06, 0x00);
  return Uint8Array.from(bytes);
}

/** Of CCITT's polynomial, as a division of the bits, one after another. */
function remainder(bytes: readonly number[]): number {
  let rest = 0xffff;
  for (const bit of bytes.flatMap(byte => [...byte.toString(2).padStart(8, '0')].map(Number))) {
    const isOdd = (rest >> 15) ^ bit;
    rest = (rest * 2) & 0xffff;
    if (isOdd === 1) rest ^= 0x1021;
  }
  return rest;
}
