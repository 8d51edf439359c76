/** Above this many entries a table would take too much memory. */
const mostEntries = 2 ** 25;

/** How often each pair of nodes occurs in the rows; the pairs are told by whole numbers from 0 to `limit` - 1. */
export interface PairCounts {
  get(pair: number): number;
  /** Adds `change` and gives the new count. */
  change(pair: number, change: 1 | -1): number;
}

/** Counts that are all 0. */
export function pairCounts(limit: number): PairCounts {
  return limit <= mostEntries ? new Table(limit) : new Sparse();
}

class Table implements PairCounts {
  readonly #counts: Int32Array;

  constructor(limit: number) {
    this.#counts = new Int32Array(limit);
  }

  get(pair: number): number {
    return this.#counts[pair]!;
  }

  change(pair: number, change: 1 | -1): number {
    this.#counts[pair]! += change;
    return this.#counts[pair]!;
  }
}

class Sparse implements PairCounts {
  readonly #counts = new Map<number, number>();

  get(pair: number): number {
    return this.#counts.get(pair) ?? 0;
  }

  change(pair: number, change: 1 | -1): number {
    const count = this.get(pair) + change;
    if (count === 0) this.#counts.delete(pair);
    else this.#counts.set(pair, count);
    return count;
  }
}
