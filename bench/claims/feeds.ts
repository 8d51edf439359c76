import type { RecordedInputs } from '../../hdl-gen/cli/energy/recorded.ts';
import { type ArrayParameters, arrayLayout, encodeRow } from '../../rtl/ternary/index.ts';
import { halfBits } from './half.ts';
import type { ClaimProduct } from './product.ts';

/** Where a beat of the product is: a vector, a row of weights, and the first of its columns. */
interface Beat {
  readonly vector: number;
  readonly row: number;
  readonly column: number;
  readonly isFirst: boolean;
}

/** Walks the product as all arrays do: vector after vector, row after row, `lanes` columns a cycle, and `more` beats behind each row. */
function beatAt({ columns, rows, vectors }: ClaimProduct, lanes: number, beat: number, more = 0): Beat {
  const steps = Math.ceil(columns / lanes) + more;
  const at = Math.max(0, beat);
  const sum = Math.floor(at / steps);
  return {
    vector: Math.floor(sum / rows) % vectors,
    row: sum % rows,
    column: (at % steps) * lanes,
    isFirst: at % steps === 0,
  };
}

/** Values of inputs by name, from the cycle; bits of it are asked for. */
type Values = (cycle: number, input: string) => number;

function inputs(cycles: number, of: Values): RecordedInputs {
  return { cycles, at: (cycle, input, bit) => ((of(cycle, input) >> bit) & 1) as 0 | 1 };
}

const activationOf = (
  { activations, columns }: ClaimProduct,
  { vector, column }: Beat,
  lane: number,
): number => (column + lane < columns ? activations[vector * columns + column + lane]! : 0);

/** How weights 0 are encoded: `quiet` as they are for a user, `trits` without a look at the beat before. */
export type Codes = 'quiet' | 'trits';

/** The inputs of an array, and the part of its beats that are products. */
export interface Feed {
  readonly inputs: RecordedInputs;
  readonly share: number;
}

/**
 * An array of ours without an initial value, each bit of whose inputs comes when it is due. The constant of a row, which its codes leave to
 * add, comes in beats of their own behind those of the row: with weights +1, and activations that add up to it. So the sums are
 * those of the product, as those of the multipliers are.
 */
export function ternaryFeed(
  product: ClaimProduct,
  weights: Int8Array,
  parameters: ArrayParameters,
  cycles: number,
  wanted: Codes = 'quiet',
): Feed {
  const { lanes, activationBits } = parameters;
  const { columns, rows } = product;
  const layout = arrayLayout(parameters);
  const steps = Math.ceil(columns / lanes);
  const rowOf = (row: number): number[] => {
    const own = Array.from(weights.subarray(row * columns, (row + 1) * columns));
    // What fills up a beat has activations of 0.
    return [...own, ...Array<number>(steps * lanes - columns).fill(parameters.arch === 'binary' ? 1 : 0)];
  };
  const encoded = (row: number, more: number) =>
    encodeRow(
      [...rowOf(row), ...Array<number>(more * lanes).fill(1)],
      parameters,
      row,
      () => wanted === 'quiet',
    );
  const constants = Array.from({ length: rows }, (_, row) => encoded(row, 0).constant);
  const most = 2 ** (activationBits - 1) - 1;
  const more = Math.max(...constants.map(constant => Math.ceil(Math.abs(constant) / (most * lanes))));
  const codes = constants.map((_, row) => encoded(row, more).codes);
  const beat = (cycle: number): Beat => beatAt(product, lanes, cycle, more);
  const activation = (of: Beat, lane: number): number => {
    const place = of.column - steps * lanes + lane;
    if (place < 0) return activationOf(product, of, lane);
    const constant = constants[of.row]!;
    return Math.sign(constant) * Math.max(0, Math.min(most, Math.abs(constant) - place * most));
  };
  const inputs: RecordedInputs = {
    cycles,
    at(cycle, input, bit) {
      const [, name, index = '0'] = /^(.*?)(?:_(\d+))?$/.exec(input)!;
      const lane = Number(index);
      const value = (): number => {
        if (name === 'x') return activation(beat(cycle - layout.x[lane]!), lane);
        if (name === 'first') return Number(beat(cycle - layout.first).isFirst);
        if (!name!.startsWith('w')) return 1;
        const { row, column } = beat(cycle - layout.w[lane]![bit]!);
        return codes[row]![column / lanes]![lane]!;
      };
      return ((value() >> bit) & 1) as 0 | 1;
    },
  };
  return { inputs, share: steps / (steps + more) };
}

/** The multipliers of 8 bits: `x` is one vector of all lanes, and `first` is due later. */
export function int8Feed(
  product: ClaimProduct,
  lanes: number,
  firstDelay: number,
  cycles: number,
): RecordedInputs {
  const { int8, columns } = product;
  const weightOf = ({ row, column }: Beat, lane: number): number =>
    column + lane < columns ? int8[row * columns + column + lane]! : 0;
  return {
    cycles,
    at(cycle, input, bit) {
      const beat = beatAt(product, lanes, cycle);
      if (input === 'first') return Number(beatAt(product, lanes, cycle - firstDelay).isFirst) as 0 | 1;
      const [lane, place] = input === 'x' ? [bit >> 3, bit & 7] : [Number(input.split('_').at(-1)), bit];
      const value = input === 'x' ? activationOf(product, beat, lane) : weightOf(beat, lane);
      return ((value >> place) & 1) as 0 | 1;
    },
  };
}

/** A lane of the chain of binary16 is due so many cycles after the one before it, and its products so many before `c`. */
const chainDelay = 9;

/** Multiply-adds of binary16 in a chain: pixels and weights as parts of 1, and the sum of the beats before in `c`. */
export function fp16Feed(product: ClaimProduct, lanes: number, cycles: number): RecordedInputs {
  const { int8, columns } = product;
  const term = ({ row, column, ...rest }: Beat, lane: number): number => {
    if (column + lane >= columns) return 0;
    const x = activationOf(product, { row, column, ...rest }, lane);
    return (x * int8[row * columns + column + lane]!) / 2 ** 14;
  };
  const sums: number[] = [0];
  const sumBefore = (beat: number): number => {
    while (sums.length <= beat) {
      const place = beatAt(product, lanes, sums.length - 1);
      const added = Array.from({ length: lanes }, (_, lane) => term(place, lane)).reduce((a, b) => a + b);
      sums.push(beatAt(product, lanes, sums.length).isFirst ? 0 : sums.at(-1)! + added);
    }
    return sums[Math.max(0, beat)]!;
  };
  const half = (value: number): number => halfBits(value);
  const known = new Map<string, number>();
  const values = inputs(cycles, (cycle, input) => {
    const key = `${cycle} ${input}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size > 100_000) known.clear();
    const found =
      input === 'c' ? half(sumBefore(cycle - chainDelay)) : weight(cycle, Number(input.split('_').at(-1)));
    known.set(key, found);
    return found;
  });
  const weight = (cycle: number, lane: number): number => {
    const { row, column } = beatAt(product, lanes, cycle - chainDelay * lane);
    return half(column + lane < columns ? int8[row * columns + column + lane]! / 2 ** 7 : 0);
  };
  return {
    cycles,
    at(cycle, input, bit) {
      if (input !== 'x') return values.at(cycle, input, bit);
      const lane = bit >> 4;
      const pixel = activationOf(product, beatAt(product, lanes, cycle - chainDelay * lane), lane);
      return ((half(pixel / 2 ** 7) >> (bit & 15)) & 1) as 0 | 1;
    },
  };
}
