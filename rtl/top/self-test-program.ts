import {
  type ArrayParameters,
  encodeStreamRow,
  familyOf,
  streamWords,
  withoutBrokenPairs,
} from '../ternary/index.ts';

/**
 * What the self-test computes: a few seeded products, as the words of its operand ROM and the sums it expects.
 *
 * One beat is a record of bits, lowest first: the activations (lane 0 first), the codes (row 0 first, lane 0
 * first), and the initial value of each row. It is cut into words of 16 bits, the lowest word first.
 */
export interface SelfTestProgram {
  readonly words: readonly number[];
  readonly wordsPerBeat: number;
  readonly beatsPerProduct: number;
  readonly products: number;
  /** For each product the sum of each row. */
  readonly sums: readonly (readonly bigint[])[];
}

export const wordBits = 16;

/** Makes the program for an array. The same seed gives the same program. */
export function selfTestProgram(parameters: ArrayParameters, seed: number): SelfTestProgram {
  const { lanes, rows, activationBits, initBits, maxK } = parameters;
  const beatsPerProduct = Math.min(2, Math.max(1, Math.floor(maxK / lanes)));
  const products = 4;
  const random = generator(seed);
  const { count, bits } = streamWords(parameters);
  const kind = familyOf(parameters).weights;
  const beatBits = lanes * activationBits + count * bits * rows + initBits * rows;
  const wordsPerBeat = Math.ceil(beatBits / wordBits);
  const lowest = -(2 ** (activationBits - 1));
  const words: number[] = [];
  const sums: bigint[][] = [];
  for (let product = 0; product < products; product++) {
    const columns = beatsPerProduct * lanes;
    // The first two products have the extremes that a wrong sign, a short sum or a lost carry would get wrong.
    const extreme = [-1, 1][product];
    const x = Array.from({ length: columns }, () =>
      extreme !== undefined ? lowest : lowest + random(2 ** activationBits),
    );
    const w = Array.from({ length: rows }, () => {
      const drawn = Array.from({ length: columns }, () => {
        if (extreme !== undefined) return extreme;
        return kind === 'binary' ? 2 * random(2) - 1 : random(3) - 1;
      });
      return kind === 'sparse' ? withoutBrokenPairs(drawn) : drawn;
    });
    const encoded = w.map(weights => encodeStreamRow(weights, parameters));
    const init = encoded.map(() => startValue(initBits, random));
    sums.push(
      w.map((row, r) => {
        const product = row.reduce((sum, weight, k) => sum + weight * x[k]!, 0);
        return BigInt(product - encoded[r]!.constant) + init[r]!;
      }),
    );
    for (let beat = 0; beat < beatsPerProduct; beat++) {
      const from = beat * lanes;
      const fields: [bigint, number][] = [
        ...x.slice(from, from + lanes).map((value): [bigint, number] => [BigInt(value), activationBits]),
        ...encoded.flatMap(({ codes }) => codes[beat]!.map((code): [bigint, number] => [BigInt(code), bits])),
        ...init.map((value): [bigint, number] => [value, initBits]),
      ];
      words.push(...cut(fields, wordsPerBeat));
    }
  }
  return { words, wordsPerBeat, beatsPerProduct, products, sums };
}

/** Any initial value: the sum that is expected has it, so all of its bits are tested. */
function startValue(bits: number, random: (limit: number) => number): bigint {
  return bits === 0 ? 0n : BigInt(random(2 ** bits) - 2 ** (bits - 1));
}

function cut(fields: readonly (readonly [value: bigint, width: number])[], count: number): number[] {
  let bits = 0n;
  let low = 0;
  for (const [value, width] of fields) {
    bits |= BigInt.asUintN(width, value) << BigInt(low);
    low += width;
  }
  return Array.from({ length: count }, (_, i) =>
    Number(BigInt.asUintN(wordBits, bits >> BigInt(i * wordBits))),
  );
}

/** A small generator (xorshift32): `random(n)` gives a whole number from 0 to n - 1. */
function generator(seed: number): (limit: number) => number {
  let state = (seed | 0) ^ 0x9e3779b9 || 1;
  return limit => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
