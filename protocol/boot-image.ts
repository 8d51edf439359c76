/**
 * What a board reads from its flash when it gets power: words for the core, as a host would write them. All numbers have their lowest byte
 * first.
 *
 *     'TCB1'
 *     count << 18 | address       1 to 16,382 words that go to this address and those behind it
 *     the words
 *     …                           more of these
 *     0
 *     CRC-32/MPEG-2 of all bytes before, this one with its highest byte first
 *
 * A count of 16,383 is what erased flash has: there the image is cut off.
 */
import { addressBits } from './address-space.ts';
import { crc32 } from './crc32.ts';
import { wordBits } from './register.ts';

/** The first word: the bytes `TCB1`, the first in the lowest bits. */
export const bootMagic = 0x3142_4354;

/** Where the image begins in the flash, in bytes: behind the bitstream of any iCE40 UltraPlus (104,090 bytes). */
export const bootPlace = 0x2_0000;

/** Words that follow each other. */
export interface BootPiece {
  readonly address: number;
  readonly words: ArrayLike<number>;
}

const mostWords = 2 ** (wordBits - addressBits) - 2;

/** The bytes of the image that writes these words. */
export function bootImage(pieces: readonly BootPiece[]): Uint8Array<ArrayBuffer> {
  const words = [bootMagic];
  for (const piece of pieces)
    for (let from = 0; from < piece.words.length; from += mostWords) {
      const count = Math.min(mostWords, piece.words.length - from);
      words.push(count * 2 ** addressBits + piece.address + from);
      for (let i = 0; i < count; i++) words.push(piece.words[from + i]!);
    }
  words.push(0);
  const view = new DataView(new ArrayBuffer(4 * words.length + 4));
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true);
  const bytes = new Uint8Array(view.buffer);
  view.setUint32(4 * words.length, crc32(bytes.subarray(0, -4)));
  return bytes;
}
