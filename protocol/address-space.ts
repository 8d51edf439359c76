/**
 * The address space of the device: words of 32 bits, in four windows of equal size.
 *
 *     bits 17..16   window
 *     bits 15..0    word in the window
 */

/** Bits of an address within a window. */
export const windowAddressBits = 16;

/** Bits of an address. */
export const addressBits = windowAddressBits + 2;

/** Window numbers. Activations and initial values share a window. */
export const windows = { registers: 0, weights: 1, activations: 2, results: 3 } as const;

export type WindowName = keyof typeof windows;

/** The address of a word of a window. @throws RangeError outside the window. */
export function addressOf(window: WindowName, word: number): number {
  if (!Number.isInteger(word) || word < 0 || word >= 2 ** windowAddressBits)
    throw new RangeError(`window '${window}' has the words 0 to ${2 ** windowAddressBits - 1}, not ${word}`);
  return (windows[window] << windowAddressBits) | word;
}
