/** Pseudo-random numbers that are the same on every machine: Marsaglia's xorshift32. */

/** Draws from [0, 1), in steps of 2^-32. */
export type Random = () => number;

/** `seed` is any integer from 1 to 2^32 - 1 (zero is the one state that xorshift never leaves). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  if (state === 0) throw new RangeError('the seed of an xorshift is not zero');
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Shuffles in place (Fisher and Yates), every order being equally likely. */
export function shuffle(items: Int32Array, random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const item = items[last]!;
    items[last] = items[other]!;
    items[other] = item;
  }
}
