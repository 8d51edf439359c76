import type { CoreGeometry, CoreParameters, PresetCoreParameters } from './parameters.ts';

/*
 * What the block RAMs of a core hold from the start. Placeholders are words that look like noise, so that each slice of 256 words and a bit is
 * found in a finished bitstream, and other words can take its place there without placing and routing anything again: icebram does
 * that. A bitstream with placeholders and one with the words that came in their place are the same but for those bits.
 */

/** Words from the start: of each part of the weight store, and initial values. */
export interface PresetWords {
  /** For each part of a word of the store its words, by their addresses. */
  readonly weights: readonly (readonly number[])[];
  readonly initial: readonly number[];
}

/** Bits of each part of a word of the weight store in block RAM. */
export function partBits({ image, wordsPerWeightWord }: CoreGeometry): number[] {
  const { wordBits } = image.geometry;
  return Array.from({ length: wordsPerWeightWord }, (_, part) => Math.min(32, wordBits - 32 * part));
}

/** The placeholders of a core: the same whenever they are asked for. */
export function placeholders(
  { weightWords, initialValues, initBits }: CoreParameters,
  geometry: CoreGeometry,
): PresetWords {
  return {
    weights: partBits(geometry).map((bits, part) => noise(part + 1, bits, weightWords)),
    initial: noise(0, initBits, initialValues),
  };
}

/** The words that the block RAMs of a core start with; undefined where they may hold anything. */
export function presetWords(
  parameters: PresetCoreParameters,
  geometry: CoreGeometry,
): PresetWords | undefined {
  const { preset } = parameters;
  return preset === 'placeholders' ? placeholders(parameters, geometry) : preset;
}

/** Words without a pattern: a counter, mixed (the finaliser of MurmurHash3, with the constants of Degski's hash). */
function noise(seed: number, bits: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let word = Math.imul(seed * 0x10000 + i + 1, 0x9e3779b9);
    word = Math.imul(word ^ (word >>> 16), 0x45d9f3b);
    word = Math.imul(word ^ (word >>> 16), 0x45d9f3b);
    return ((word ^ (word >>> 16)) >>> 0) >>> (32 - bits);
  });
}
