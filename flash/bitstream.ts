import { wrongBitstream } from './diagnostics.ts';

/*
 * A bitstream of an iCE40: a comment, the words 7E AA 99 7E, and commands. Command 6 sets the height, 7 the width of what
 * follows, so the sizes tell the die; an UltraPlus and an HX8K cannot be taken for each other. Source: Project IceStorm,
 * "Bitstream File Format Documentation".
 */

/** Bytes of a bitstream from the synchronisation word on, for each die (measured with icepack). */
const sizes: Readonly<Record<string, number>> = {
  up5k: 104_090,
  up3k: 104_090,
  hx1k: 32_220,
  lp1k: 32_220,
  hx8k: 135_100,
  lp8k: 135_100,
  hx4k: 135_100,
  lp4k: 135_100,
};

const synchronisation = [0x7e, 0xaa, 0x99, 0x7e];

/**
 * Looks whether a file is a bitstream, and one for the chip of a board: a wrong one fails in silence on the board.
 * @throws Diagnostic TCT-9008
 */
export function requireBitstream(
  bytes: Uint8Array,
  file: string,
  board: { readonly name: string; readonly device: string },
): void {
  const start = findStart(bytes);
  if (start === undefined)
    throw wrongBitstream(file, 'the synchronisation word 7E AA 99 7E is not in it', board);
  const size = sizes[board.device];
  // The comment in front may have any length; a multi-boot image has several bitstreams.
  if (size !== undefined && Math.abs(bytes.length - start - size) > 512) {
    const other = Object.keys(sizes).find(name => Math.abs(bytes.length - start - sizes[name]!) <= 512);
    const seen = `it has ${bytes.length.toLocaleString('en')} bytes where ${size.toLocaleString('en')} are right`;
    throw wrongBitstream(file, other === undefined ? seen : `${seen}, as for an ${other}`, board);
  }
}

function findStart(bytes: Uint8Array): number | undefined {
  for (let i = 0; i + 4 <= Math.min(bytes.length, 4096); i++)
    if (synchronisation.every((byte, j) => bytes[i + j] === byte)) return i;
  return undefined;
}
