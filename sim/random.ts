import { bitLength, type Interval } from '../ir/index.ts';

/**
 * A stream of random numbers that is the same on every machine: the generator sfc32 (public domain, Chris
 * Doty-Humphrey), 128 bits of state. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed` is any whole number; streams of one seed are independent of each other. */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = stream | 0;
    // The first numbers of similar seeds are similar: they are thrown away.
    for (let i = 0; i < 15; i++) this.next();
  }

  /** 32 random bits, as a number from 0 to 2^32 - 1. */
  next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A value of the interval, each equally likely. */
  draw({ min, max }: Interval): bigint {
    const bits = bitLength(max - min);
    for (;;) {
      let value = 0n;
      for (let drawn = 0; drawn < bits; drawn += 32) value = (value << 32n) | BigInt(this.next());
      value = BigInt.asUintN(bits, value);
      if (value <= max - min) return min + value;
    }
  }
}
