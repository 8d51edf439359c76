import { arrayLayout, familyOf, mostTerms } from '../../rtl/ternary/index.ts';
import type { ProductMatrix } from '../../sim/reference/index.ts';
import type { ArrayConfig } from './names.ts';
import {
  type Beats,
  beatsOf,
  drawActivations,
  drawWeights,
  type Product,
  type ProductSize,
} from './product.ts';

/** A seeded product with the sums that it must give, and the files that tell it. */
export interface Vectors {
  readonly product: Product;
  readonly beats: Beats;
  readonly expected: ProductMatrix;
  /** Texts by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A small product in which K and M need padding, and several sums follow each other. */
export function vectorSize(array: ArrayConfig): ProductSize {
  const { lanes, rows } = array;
  return { m: rows + 1, k: Math.min(mostTerms(array), 2 * lanes + Math.ceil(lanes / 2)), n: 4 };
}

/**
 * Makes the test vectors of an array.
 *
 * @param multiply the reference that says what the sums must be.
 * @param yBits bits of one sum at the output.
 */
export function makeVectors(
  array: ArrayConfig,
  seed: number,
  yBits: number,
  multiply: (weights: Product['weights'], activations: Product['activations']) => ProductMatrix,
): Vectors {
  const size = vectorSize(array);
  const product = {
    weights: drawWeights(size, array, seed),
    activations: drawActivations(size, array, seed),
  };
  const beats = beatsOf(product, array);
  const expected = multiply(product.weights, product.activations);
  const { lanes, rows, activationBits, initBits } = array;

  const perBeat = (what: string, bits: number, values: (beat: number) => ArrayLike<number>): string =>
    hexFile(what, beats.count, beat => pack(values(beat), bits));
  const sums = hexFile(`${beats.sums} sums: ${rows} of ${yBits} bits, row 0 lowest`, beats.sums, sum =>
    pack(
      Array.from({ length: rows }, (_, row) => atOutput(beats, expected, sum, row)),
      yBits,
    ),
  );
  const { codeBits, w: codes } = arrayLayout(array);
  const files = {
    'product.json': productText(product, expected, seed),
    'control.hex': hexFile('in_first (bit 1) and in_last (bit 0) of each beat', beats.count, beat =>
      pack([Number(beats.isLast(beat)), Number(beats.isFirst(beat))], 1),
    ),
    'x.hex': perBeat(
      `in_x of each beat: ${lanes} activations of ${activationBits} bits, lane 0 lowest`,
      activationBits,
      beats.x,
    ),
    'w.hex': perBeat(
      `in_w of each beat: ${rows} x ${codes.length} codes (${familyOf(array).codes}), row 0 and lane 0 lowest`,
      codeBits,
      beats.w,
    ),
    ...(initBits === 0
      ? {}
      : {
          'init.hex': perBeat(
            'in_init of each beat: what the codes of the row leave to add',
            initBits,
            beats.init,
          ),
        }),
    'y.hex': sums,
  };
  return { product, beats, expected, files };
}

/** What the array's output must be: the sum, without what is added outside of the array. */
export function atOutput(beats: Beats, expected: ProductMatrix, sum: number, row: number): number {
  const place = beats.place(sum, row);
  if (place === undefined) return beats.padding(sum);
  return expected.data[place.vector * expected.columns + place.column]! - beats.corrections[place.column]!;
}

function hexFile(what: string, count: number, line: (index: number) => string): string {
  return `// ${what}\n${Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')}`;
}

/** The values in two's complement of `bits` bits each, element 0 lowest, as hexadecimal digits. */
function pack(values: ArrayLike<number>, bits: number): string {
  const binary = Array.from(values, value =>
    BigInt.asUintN(bits, BigInt(value)).toString(2).padStart(bits, '0'),
  ).reverse();
  const text = binary.join('');
  const aligned = text.padStart(4 * Math.ceil(text.length / 4), '0');
  return aligned.replaceAll(/.{4}/g, digit => Number.parseInt(digit, 2).toString(16));
}

/** The product for a person and for any language: one matrix row a line. */
function productText({ weights, activations }: Product, expected: ProductMatrix, seed: number): string {
  const matrix = (m: { rows: number; columns: number; data: ArrayLike<number> }): string =>
    `[\n${Array.from({ length: m.rows }, (_, row) => `    [${Array.from({ length: m.columns }, (_, c) => m.data[row * m.columns + c])}]`).join(',\n')}\n  ]`;
  return `{
  "what": "results[n][m] = sum over k of weights[m][k] * activations[n][k]; results are the integer reference's",
  "seed": ${seed},
  "weights": ${matrix(weights)},
  "activations": ${matrix(activations)},
  "results": ${matrix(expected)}
}
`;
}
