import { mostTerms } from '../../rtl/ternary/index.ts';
import type { ProductMatrix } from '../../sim/reference/index.ts';
import { type Beats, type InputStream, portName } from './beats.ts';
import type { Core } from './core.ts';
import { drawActivations, drawWeights, type Product, type ProductSize } from './product.ts';
import { listed } from './table.ts';

/** A seeded product with the sums that it must give, and the files that tell it. */
export interface Vectors {
  readonly product: Product;
  readonly beats: Beats;
  readonly expected: ProductMatrix;
  /** Texts by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A small product in which K and M need padding, and several sums follow each other. */
export function vectorSize({ config }: Core): ProductSize {
  const { lanes, rows } = config;
  const m = 'maxM' in config ? Math.min(config.maxM, rows + 1) : rows + 1;
  return { m, k: Math.min(mostTerms(config), 2 * lanes + Math.ceil(lanes / 2)), n: 4 };
}

/**
 * Makes the test vectors of a core.
 *
 * @param multiply the reference that says what the sums must be.
 * @param yBits bits of one sum at the output.
 */
export function makeVectors(
  core: Core,
  seed: number,
  yBits: number,
  multiply: (weights: Product['weights'], activations: Product['activations']) => ProductMatrix,
): Vectors {
  const size = vectorSize(core);
  const product = {
    weights: drawWeights(size, core, seed),
    activations: drawActivations(size, core.config, seed),
  };
  const beats = core.beatsOf(product);
  const expected = multiply(product.weights, product.activations);
  const { rows } = core.config;
  const sums = hexFile(`${beats.sums} sums: ${rows} of ${yBits} bits, row 0 lowest`, beats.sums, sum =>
    pack(
      Array.from({ length: rows }, (_, row) => atOutput(beats, expected, sum, row)),
      yBits,
    ),
  );
  const files = {
    'product.json': productText(product, expected, seed),
    ...Object.assign({}, ...beats.streams.map(streamFiles)),
    'y.hex': sums,
  };
  return { product, beats, expected, files };
}

/** The file of a port of a stream: `w.hex`; that of a stream beside `in` begins with its name: `load_x.hex`. */
export function portFile(stream: InputStream, port: string): string {
  return `${stream.name === 'in' ? '' : `${stream.name}_`}${port}.hex`;
}

/** A file for the flags of a stream, and one for each of its ports. */
function streamFiles(stream: InputStream): Record<string, string> {
  const { count, flags, ports } = stream;
  const flagList = flags.map(flag => portName(stream, flag.name));
  const places = flagList.map((flag, i) => `${flag} (bit ${flags.length - 1 - i})`);
  const files = ports
    .filter(({ bits }) => bits > 0)
    .map(port => [
      portFile(stream, port.name),
      hexFile(`${portName(stream, port.name)} of each beat: ${port.what}`, count, beat =>
        pack(port.values(beat), port.bits),
      ),
    ]);
  if (flags.length > 0) {
    // The first flag is the highest bit.
    const bits = (beat: number) => flags.map(({ isSet }) => Number(isSet(beat))).reverse();
    files.push([
      portFile(stream, 'control'),
      hexFile(`${listed(places)} of each beat`, count, beat => pack(bits(beat), 1)),
    ]);
  }
  return Object.fromEntries(files);
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
