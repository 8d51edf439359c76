import { type ArrayParameters, encodeTrit, initInterval, negations } from '../ternary/index.ts';

/**
 * What the self-test computes: a few seeded products, as the words of its operand ROM and the sums it expects.
 *
 * One beat is a record of bits, lowest first: the activations (lane 0 first), the weight codes (row 0 first, lane 0
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
  const beatBits = lanes * activationBits + 2 * lanes * rows + initBits * rows;
  const wordsPerBeat = Math.ceil(beatBits / wordBits);
  const lowest = -(2 ** (activationBits - 1));
  const words: number[] = [];
  const sums: bigint[][] = [];
  for (let product = 0; product < products; product++) {
    const columns = beatsPerProduct * lanes;
    // The first product has the extremes that a wrong sign or a short sum would get wrong.
    const x = Array.from({ length: columns }, () =>
      product === 0 ? lowest : lowest + random(2 ** activationBits),
    );
    const w = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (product === 0 ? -1 : random(3) - 1)),
    );
    const codes = w.map(row => row.map(encodeTrit));
    const init = codes.map(row => startValue(parameters, negations(row)));
    sums.push(w.map((row, r) => row.reduce((sum, trit, k) => sum + BigInt(gated(trit, x[k]!)), init[r]!)));
    for (let beat = 0; beat < beatsPerProduct; beat++) {
      const from = beat * lanes;
      const fields: [bigint, number][] = [
        ...x.slice(from, from + lanes).map((value): [bigint, number] => [BigInt(value), activationBits]),
        ...codes.flatMap(row =>
          row.slice(from, from + lanes).map((code): [bigint, number] => [BigInt(code), 2]),
        ),
        ...init.map((value): [bigint, number] => [value, initBits]),
      ];
      words.push(...cut(fields, wordsPerBeat));
    }
  }
  return { words, wordsPerBeat, beatsPerProduct, products, sums };
}

/** The negation count where it fits into the initial value, and nothing otherwise. */
function startValue(parameters: ArrayParameters, count: number): bigint {
  const value = BigInt(count);
  return initInterval(parameters).contains(value) ? value : 0n;
}

/** What a lane adds: the missing 1 of a negation is in the initial value. */
function gated(trit: number, x: number): number {
  return trit === 0 ? 0 : trit > 0 ? x : -x - 1;
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
