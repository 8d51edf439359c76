import { residentWords } from '../../host/index.ts';
import { loadWeights, type TritMatrix } from '../../model/index.ts';
import {
  type CoreParameters,
  coreGeometry,
  type PresetWords,
  partBits,
  placeholders,
} from '../../rtl/core/index.ts';
import { type MemoryContents, pack, replaceContents } from '../../synth/index.ts';
import { noContents } from './diagnostics.ts';

/*
 * Weights that are on a board from the start: of a core in block RAM as contents of its bitstream, which take the place of placeholders.
 */

/**
 * What the memories of a core hold with a matrix.
 * @throws Diagnostic TCT-6092 for a core without such memories, TCT-8032 for a matrix that needs several loads.
 */
export function presetOf(matrix: TritMatrix, core: CoreParameters): PresetWords {
  if (core.store === 'spram') throw noContents();
  const { weights, initial } = residentWords(matrix, core);
  const geometry = coreGeometry(core);
  const { weightStride } = geometry;
  const parts = partBits(geometry).map(() => Array<number>(core.weightWords).fill(0));
  for (const { offset, data } of weights)
    parts[offset % weightStride]![Math.floor(offset / weightStride)] = data;
  const least = -(2 ** (core.initBits - 1));
  return {
    weights: parts,
    initial: Array.from({ length: core.initialValues }, (_, i) => {
      const value = initial[i] ?? 0;
      return value < 0 ? value - 2 * least : value;
    }),
  };
}

/** What is put in the place of placeholders, where the options name weights for the core of a board; otherwise undefined. */
export function presetAsked(
  { weights }: { readonly weights: string },
  { core }: { readonly core?: CoreParameters },
): PresetWords | undefined {
  if (core === undefined || weights === 'ternary') return undefined;
  return presetOf(loadWeights(weights), core);
}

/** The bitstream with weights, beside the one without. */
export const loadedNames = { asc: 'loaded.asc', bitstream: 'loaded.bin' } as const;

/** A bitstream with other weights than the one that was built. */
export interface Reloaded {
  readonly asc: string;
  readonly bitstream: Uint8Array;
}

/**
 * Puts words where a finished bitstream has placeholders.
 * @throws Diagnostic TCT-4021 where it has none.
 */
export async function reload(asc: string, words: PresetWords, core: CoreParameters): Promise<Reloaded> {
  const geometry = coreGeometry(core);
  const before = placeholders(core, geometry);
  const bits = partBits(geometry);
  const store = (parts: PresetWords['weights']): MemoryContents => ({
    width: bits.reduce((sum, each) => sum + each, 0),
    words: parts[0]!.map((_, address) =>
      bits.reduceRight((word, width, part) => (word << BigInt(width)) | BigInt(parts[part]![address]!), 0n),
    ),
  });
  const values = (list: readonly number[]): MemoryContents => ({
    width: core.initBits,
    words: list.map(BigInt),
  });
  const withWeights = await replaceContents(asc, store(before.weights), store(words.weights));
  const text = await replaceContents(withWeights, values(before.initial), values(words.initial));
  return { asc: text, bitstream: (await pack(text)).bitstream };
}
