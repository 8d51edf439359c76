import { byteOf, placesIn, stepOf, wordsFor } from '../../protocol/index.ts';
import { type CoreGeometry, type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';
import { encodeRow, encodings } from '../../rtl/ternary/index.ts';
import { beatsOf } from './capacity.ts';
import { initialValuesTooMany, initialValueTooLarge, sumTooLong, weightsTooLarge } from './diagnostics.ts';
import type { HostWord } from './host-word.ts';

/** A matrix as a core takes it. */
export interface CoreWeights {
  /** What is written into the window of weights, from the word `base` of the store on. */
  readonly words: readonly HostWord[];
  /** Words of the store that the image takes. */
  readonly size: number;
  /** The initial values, in the order of the results: for each block, tile and row. */
  readonly initial: readonly number[];
  readonly shape: CoreShape;
}

/** How a matrix is cut for a core: what the register `walk` holds, and what the results mean. */
export interface CoreShape {
  /** Rows and columns of the matrix. */
  readonly m: number;
  readonly k: number;
  readonly columnsPerBlock: number;
  readonly beatsPerBlock: number;
  readonly blocks: number;
  readonly tiles: number;
}

/** What else a matrix comes with. */
export interface CoreWeightOptions {
  /** Added to the sum of each row, in its first block. */
  readonly bias?: readonly number[];
  /** Columns of a block, whose sums are told apart; without it all columns are one block. */
  readonly columnsPerBlock?: number;
  /** The first word of the store. */
  readonly base?: number;
}

/**
 * Cuts a matrix [M,K] of -1, 0 and 1 into tiles of rows and beats of columns, and lays it out for the weight store. What is left
 * over is filled with weights of 0 (with +1 where there is no 0; their activations are 0).
 *
 * @throws Diagnostic TCT-7301 to TCT-7304 where the matrix or its initial values do not fit the core; TCT-7502 for pairs of weights that the family does not take.
 */
export function packWeights(
  matrix: readonly (readonly number[])[],
  parameters: CoreParameters,
  { bias = [], columnsPerBlock, base = 0 }: CoreWeightOptions = {},
): CoreWeights {
  const geometry = coreGeometry(parameters);
  const { lanes, rows, initBits, initialValues, weightWords, maxK } = parameters;
  const k = matrix[0]!.length;
  const columns = columnsPerBlock ?? k;
  const shape: CoreShape = {
    m: matrix.length,
    k,
    columnsPerBlock: columns,
    beatsPerBlock: beatsOf(columns, parameters),
    blocks: Math.ceil(k / columns),
    tiles: Math.ceil(matrix.length / rows),
  };
  if (shape.beatsPerBlock * lanes > maxK) throw sumTooLong(columns, maxK);
  const { beatsPerBlock, blocks, tiles } = shape;
  const blockSize = wordsFor(geometry.image, tiles * beatsPerBlock);
  const size = blocks * blockSize;
  if (base + size > weightWords) throw weightsTooLarge(base + size, weightWords);
  if (blocks * tiles * rows > initialValues) throw initialValuesTooMany(blocks * tiles * rows, initialValues);

  const words = Array.from({ length: size }, () => Array<number>(placesIn(geometry.image.geometry)).fill(0));
  const initial: number[] = [];
  const array = { ...geometry.array, encoding: parameters.encoding };
  for (let block = 0; block < blocks; block++)
    for (let tile = 0; tile < tiles; tile++)
      for (let row = 0; row < rows; row++) {
        const number = tile * rows + row;
        const weights = (matrix[number] ?? []).slice(block * columns, (block + 1) * columns);
        const missing = beatsPerBlock * lanes - weights.length;
        const padded = [...weights, ...Array<number>(missing).fill(filler(parameters))];
        const added = block === 0 ? (bias[number] ?? 0) : 0;
        const holds = (constant: number): boolean => isWithin(constant + added, initBits);
        const { codes, constant } = encodeRow(padded, array, number, holds);
        for (const [beat, code] of codes.entries()) {
          const step = stepOf(geometry.image, row, tile, beat, beatsPerBlock);
          placeCodes(words, block * blockSize, step, row, code, geometry);
        }
        const value = constant + added;
        if (!isWithin(value, initBits)) throw initialValueTooLarge(number, value, initBits);
        initial.push(value);
      }
  return { words: hostWords(words, base, geometry), size, initial, shape };
}

/** Whether a two's complement number of some bits can be a value. */
function isWithin(value: number, bits: number): boolean {
  return value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);
}

/** What fills up a row. */
function filler({ arch }: CoreParameters): number {
  return arch === 'binary' ? 1 : 0;
}

/** Puts the codes of a row in one beat at their places in the words of a block. */
function placeCodes(
  words: readonly number[][],
  begin: number,
  step: number,
  row: number,
  codes: readonly number[],
  { image }: CoreGeometry,
): void {
  for (const placed of image.codes) {
    if (placed.row !== row) continue;
    const { code, bit, bits, word, place, shift } = placed;
    words[begin + (step + shift) * image.wordsPerStep + word]![place] =
      (codes[code]! >> bit) & (2 ** bits - 1);
  }
}

function hostWords(words: readonly (readonly number[])[], base: number, geometry: CoreGeometry): HostWord[] {
  const { wordsPerWeightWord, weightStride, image } = geometry;
  return words.flatMap((places, i) => {
    const parts = Array<number>(wordsPerWeightWord).fill(0);
    const put = (bit: number, value: number): void => {
      parts[bit >> 5]! |= value << (bit & 31);
    };
    if (image.geometry.packing === 'bits') {
      for (const [place, value] of places.entries()) put(place, value);
    } else {
      for (let place = 0; place < places.length; place += 5)
        put(8 * byteOf(place).byte, encodings['5in8'].pack(places.slice(place, place + 5).map(tritOf)));
    }
    return parts.map((data, part) => ({ offset: (base + i) * weightStride + part, data: data >>> 0 }));
  });
}

/** The trit that stands for a code 0, 1 or 3. */
function tritOf(code: number): number {
  return code === 3 ? -1 : code;
}
