import { wrongBitstream } from './diagnostics.ts';

/*
 * A bitstream of an iCE40: a comment, the words 7E AA 99 7E, and commands. The high digit of a command's byte says what it is, the low digit how
 * many bytes of its operand follow, the highest byte first:
 *
 *   0  by its operand: 1 and 3 the bits of a bank of configuration or block RAM follow, and two zeros; 5 the CRC begins;
 *      6 the chip wakes up, which is the end; 8 it begins anew at the address of command 4
 *   1  which of four banks   4  address   6  width of a bank, less one   7  its height   8  where in it the next bits begin
 *   2  the CRC of all bytes since it began (CCITT: x^16 + x^12 + x^5 + 1 from 0xffff), the two of this operand included: it is 0
 *
 * The size of the banks tells the die. Behind the end may be anything, such as weights. Source: Project IceStorm, "Bitstream File Format
 * Documentation", and its icepack and icemulti.
 */

/** A die by the size of its banks, and the devices that are made of it. */
const dies = [
  { name: 'lp384', width: 182, height: 80, devices: ['lp384'] },
  { name: 'hx1k or lp1k', width: 332, height: 144, devices: ['hx1k', 'lp1k'] },
  { name: 'hx8k or lp8k', width: 872, height: 272, devices: ['hx8k', 'lp8k', 'hx4k', 'lp4k'] },
  { name: 'up5k', width: 692, height: 336, devices: ['up5k', 'up3k'] },
  { name: 'u4k', width: 692, height: 176, devices: ['u4k', 'u1k', 'u2k'] },
  { name: 'lm4k', width: 656, height: 176, devices: ['lm4k', 'lm1k', 'lm2k'] },
] as const;

const synchronisation = [0x7e, 0xaa, 0x99, 0x7e];

/**
 * Looks whether a file is a whole bitstream, and one for the chip of a board: a wrong one fails in silence on the board.
 * @throws Diagnostic TCT-9008
 */
export function requireBitstream(
  bytes: Uint8Array,
  file: string,
  board: { readonly name: string; readonly device: string },
): void {
  const seen = read(bytes);
  if ('damage' in seen) throw wrongBitstream(file, seen.damage, board);
  const die = dies.find(({ width, height }) => width === seen.width && height === seen.height);
  if (die === undefined)
    throw wrongBitstream(
      file,
      `its banks have ${seen.width} x ${seen.height} bits, as those of no iCE40`,
      board,
    );
  if (!(die.devices as readonly string[]).includes(board.device))
    throw wrongBitstream(file, `it is one for an ${die.name}`, board);
}

/** The size of the banks of configuration, or what is wrong. */
function read(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | { readonly damage: string } {
  const begin = findStart(bytes, 0);
  if (begin === undefined) return { damage: 'the synchronisation word 7E AA 99 7E is not in it' };
  let at: number = begin;
  const size = { width: 0, height: 0 };
  let [width, height, offset, address, checked] = [0, 0, 0, 0, 0];
  for (;;) {
    const start = at;
    const command = bytes[start];
    if (command === undefined) break;
    let operand = 0;
    for (let i = 1; i <= (command & 15); i++) operand = operand * 256 + (bytes[start + i] ?? 0);
    at = start + 1 + (command & 15);
    if (at > bytes.length) break;
    switch (command >> 4) {
      case 0:
        if (operand === 6)
          return size.width === 0 ? { damage: 'it configures nothing before the chip wakes up' } : size;
        if (operand === 1) {
          size.width = Math.max(size.width, width);
          size.height = Math.max(size.height, offset + height);
        }
        if (operand === 1 || operand === 3) at += (width * height) / 8 + 2;
        if (operand === 5) checked = at;
        if (operand === 8) {
          const next = address >= at ? findStart(bytes, address) : undefined;
          if (next === undefined) return { damage: `at ${address}, where it goes on, there is none` };
          at = next;
        }
        break;
      case 2:
        if (crc(bytes.subarray(checked, at)) !== 0)
          return { damage: 'it is damaged: its CRC is not that of its bytes' };
        break;
      case 4:
        // Behind the flash's own command for reading, 3.
        address = operand % 2 ** 24;
        break;
      case 6:
        width = operand + 1;
        break;
      case 7:
        height = operand;
        break;
      case 8:
        offset = operand;
        break;
      default:
    }
  }
  return { damage: `it is cut off: ${bytes.length.toLocaleString('en')} bytes, and the chip never wakes up` };
}

/** Where the commands begin. */
function findStart(bytes: Uint8Array, from: number): number | undefined {
  for (let i = from; i + 4 <= Math.min(bytes.length, from + 4096); i++)
    if (synchronisation.every((byte, j) => bytes[i + j] === byte)) return i + 4;
  return undefined;
}

function crc(bytes: Uint8Array): number {
  let rest = 0xffff;
  for (const byte of bytes) {
    rest ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) rest = rest & 0x8000 ? ((rest << 1) ^ 0x1021) & 0xffff : rest << 1;
  }
  return rest;
}
