import type { Circuit } from '../ir/index.ts';
import { Random } from './random.ts';

/** The contents of a circuit's memories when the power comes on, by their place in `circuit.memories`. */
export interface PowerUp {
  /** For each memory its words. */
  readonly words: readonly (readonly bigint[])[];
  /** For each memory the data of each of its read ports. */
  readonly readData: readonly (readonly bigint[])[];
}

/**
 * What the circuit's memories hold at power-up. What the hardware leaves open (words without initial contents, the
 * data of a read port before its first read) is drawn from the interval of the element, each value equally likely;
 * the same seed always gives the same values, to every simulator and to a test bench.
 */
export function powerUp(circuit: Circuit, seed: number): PowerUp {
  return {
    words: circuit.memories.map(({ initial, depth, element }, i) => {
      if (initial !== undefined) return initial;
      const random = new Random(seed, 2 * i);
      return Array.from({ length: depth }, () => random.draw(element));
    }),
    readData: circuit.memories.map(({ reads, element }, i) => {
      const random = new Random(seed, 2 * i + 1);
      return reads.map(() => random.draw(element));
    }),
  };
}
