import type { Circuit } from '../ir/index.ts';
import { Random } from './random.ts';

/** The contents of a circuit's memories when the power comes on, by their place in `circuit.memories`. */
export interface PowerUp {
  /** For each memory its words. */
  readonly words: readonly (readonly bigint[])[];
  /** For each memory the data of each of its read ports. */
  readonly readData: readonly (readonly bigint[])[];
  /**
   * The words of a memory in parts of 32 bits, the lowest part first: a large memory is filled many times as fast from
   * these as from `words`. Undefined where it has initial contents, or elements that are not all unsigned numbers of
   * their width.
   */
  parts(memory: number): Uint32Array | undefined;
}

/**
 * What the circuit's memories hold at power-up. What the hardware leaves open (words without initial contents, the
 * data of a read port before its first read) is drawn from the interval of the element, each value equally likely;
 * the same seed always gives the same values, to every simulator and to a test bench.
 */
export function powerUp(circuit: Circuit, seed: number): PowerUp {
  let words: PowerUp['words'] | undefined;
  return {
    get words() {
      words ??= circuit.memories.map(({ initial, depth, element }, i) => {
        if (initial !== undefined) return initial;
        const random = new Random(seed, 2 * i);
        return Array.from({ length: depth }, () => random.draw(element));
      });
      return words;
    },
    readData: circuit.memories.map(({ reads, element }, i) => {
      const random = new Random(seed, 2 * i + 1);
      return reads.map(() => random.draw(element));
    }),
    parts: i => {
      const { initial, depth, element } = circuit.memories[i]!;
      const isWhole = element.min === 0n && element.max === (1n << BigInt(element.width)) - 1n;
      return initial === undefined && isWhole
        ? drawnParts(depth, element.width, new Random(seed, 2 * i))
        : undefined;
    },
  };
}

/** The values that `random.draw` gives for all numbers of a width. */
function drawnParts(depth: number, width: number, random: Random): Uint32Array {
  const each = Math.ceil(width / 32);
  const drawn = new Uint32Array(depth * each);
  const top = 0xffff_ffff >>> (32 * each - width);
  for (let word = 0; word < drawn.length; word += each) {
    drawn[word + each - 1] = random.next() & top;
    for (let part = each - 2; part >= 0; part--) drawn[word + part] = random.next();
  }
  return drawn;
}
