import { residentPieces, residentWords } from '../../host/index.ts';
import { loadWeights, type TritMatrix } from '../../model/index.ts';
import { bootImage, bootPlace } from '../../protocol/index.ts';
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
 * Weights that are on a board from the start. Those of a core in block RAM are contents of its bitstream, which take the place of
 * placeholders. SPRAM is empty after power-up: its core reads them from the flash of the board, where they lie behind the bitstream.
 */

/** The names of the files with weights, beside those without. */
export const loadedNames = { asc: 'loaded.asc', bitstream: 'loaded.bin' } as const;

/** A finished design. */
export interface Finished {
  readonly asc: string;
  readonly bitstream: Uint8Array;
}

/** The weights that a design is asked to have from the start; makes the files with them of those without. */
export type WeightsIn = (built: Finished) => Promise<Readonly<Record<string, string | Uint8Array>>>;

/**
 * What the options ask for: `--weights` with the core of a board. Without a file there is nothing to do.
 * @throws Diagnostic TCT-5001 to TCT-5017 for the file, TCT-8032 for a matrix that the core does not hold as a whole.
 */
export function weightsAsked(
  { weights: file }: { readonly weights: string },
  { core }: { readonly core?: CoreParameters },
): WeightsIn | undefined {
  if (core === undefined || file === 'ternary') return undefined;
  const weights = loadWeights(file);
  if (core.store === 'spram') {
    const image = bootImage(residentPieces(weights, core));
    return async ({ bitstream }) => ({ [loadedNames.bitstream]: behind(bitstream, image) });
  }
  const words = presetOf(weights, core);
  return async ({ asc }) => {
    const loaded = await reload(asc, words, core);
    return { [loadedNames.asc]: loaded.asc, [loadedNames.bitstream]: loaded.bitstream };
  };
}

/** A bitstream with an image at its place in the flash. */
function behind(bitstream: Uint8Array, image: Uint8Array): Uint8Array {
  const all = new Uint8Array(bootPlace + image.length).fill(0xff);
  all.set(bitstream);
  all.set(image, bootPlace);
  return all;
}

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

/**
 * Puts words where a finished bitstream has placeholders.
 * @throws Diagnostic TCT-4021 where it has none.
 */
async function reload(asc: string, words: PresetWords, core: CoreParameters): Promise<Finished> {
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
