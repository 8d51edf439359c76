/**
 * Random whole numbers that are the same on every machine (the generator mulberry32). Not for secrets.
 */
export class Random {
  #state: number;

  /** `seed` is any whole number; each `stream` of a seed has numbers of its own. */
  constructor(seed: number, stream = 0) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
  }

  /** 32 random bits, as a number from 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from `min` to `max`, at most 2^32 of them. */
  between(min: number, max: number): number {
    return min + Math.floor((this.next() / 2 ** 32) * (max - min + 1));
  }

  /** A whole number of the interval, which may be of any size. */
  within({ min, max }: { readonly min: bigint; readonly max: bigint }): bigint {
    const count = max - min + 1n;
    let drawn = 0n;
    // 64 bits more than are needed, so that no value is noticeably preferred.
    for (let room = count << 64n; room > 0n; room >>= 32n) drawn = (drawn << 32n) | BigInt(this.next());
    return min + (drawn % count);
  }
}
