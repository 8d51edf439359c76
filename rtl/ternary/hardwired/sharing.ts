import { type PairCounts, pairCounts } from './pair-counts.ts';

/*
 * Two-term subexpressions that several rows have are built once.
 *
 * A row is a set of terms: nodes with signs. As long as a pair of terms occurs in two rows or more, up to the sign of
 * the whole, the most frequent pair becomes a node, which takes the place of its two terms in all of these rows.
 * Of equally frequent pairs the one is taken that breaks the fewest other pairs which could still be shared: that saves
 * 2 to 3 % of all adders beside a choice at random, and looking further than that one step was not worth its time.
 */

/** A node that rows share: first + second, or first - second. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly isDifference: boolean;
}

/** Rows after sharing. */
export interface SharedRows {
  /** The nodes after the inputs, in the order in which they were made. */
  readonly pairs: readonly Pair[];
  /** What is left of each row: its nodes, with 1 or -1. */
  readonly rows: readonly ReadonlyMap<number, number>[];
}

/** Look-ups that the choice between equally frequent pairs may take. */
const patience = 8192;

/** Pairs that are looked at, at least and at most. */
const fewest = 4;
const most = 64;

/**
 * Shares what the rows have in common.
 *
 * @param rows the entries that are not 0, by column: 1 or -1.
 * @param random from 0 to 1, decides between pairs that are equally good.
 */
export function sharePairs(
  inputs: number,
  rows: readonly ReadonlyMap<number, number>[],
  random: () => number,
): SharedRows {
  return new Sharing(inputs, rows, random).run();
}

class Sharing {
  readonly #inputs: number;
  readonly #rows: Map<number, number>[];
  readonly #random: () => number;
  /** The rows that have a node. */
  readonly #users: Set<number>[];
  /** More than any node's number. */
  readonly #nodes: number;
  readonly #counts: PairCounts;
  /** Pairs by a count that they have, or had: it may have become less since. */
  readonly #byCount: number[][] = [];
  readonly #pairs: Pair[] = [];

  constructor(inputs: number, rows: readonly ReadonlyMap<number, number>[], random: () => number) {
    this.#inputs = inputs;
    this.#rows = rows.map(row => new Map(row));
    this.#random = random;
    this.#users = Array.from({ length: inputs }, () => new Set());
    const entries = rows.reduce((sum, row) => sum + row.size, 0);
    // A new node takes the place of four terms at least, and leaves two.
    this.#nodes = inputs + Math.ceil(entries / 2);
    this.#counts = pairCounts(2 * this.#nodes ** 2);
    for (const [r, row] of this.#rows.entries()) for (const node of row.keys()) this.#users[node]!.add(r);
  }

  run(): SharedRows {
    this.#countAll();
    for (let count = this.#byCount.length - 1; count >= 2; count = this.#next(count));
    return { pairs: this.#pairs, rows: this.#rows };
  }

  #countAll(): void {
    const seen = new Set<number>();
    for (const row of this.#rows) {
      const terms = [...row];
      for (const [i, [a, signOfA]] of terms.entries())
        for (const [b, signOfB] of terms.slice(i + 1)) {
          const pair = this.#pairOf(a, b, signOfA * signOfB);
          this.#counts.change(pair, 1);
          seen.add(pair);
        }
    }
    for (const pair of seen) this.#file(pair);
  }

  /** Makes a node of the best pair that occurs `count` times; gives the highest count that may be there now. */
  #next(count: number): number {
    const candidates = (this.#byCount[count] ?? []).filter(pair => {
      const now = this.#counts.get(pair);
      if (now < count) this.#file(pair);
      return now === count;
    });
    this.#byCount[count] = candidates;
    if (candidates.length === 0) return count - 1;
    return Math.max(count, this.#replace(this.#best(candidates, count)));
  }

  #best(candidates: readonly number[], count: number): number {
    const first = Math.floor(this.#random() * candidates.length);
    let best = candidates[first]!;
    let least = Number.POSITIVE_INFINITY;
    let looked = 0;
    for (let i = 0; i < Math.min(candidates.length, most); i++) {
      if (looked > patience && i >= fewest) break;
      const pair = candidates[(first + i) % candidates.length]!;
      const { broken, looks } = this.#breaks(pair);
      looked += looks * count;
      if (broken < least) [best, least] = [pair, broken];
    }
    return best;
  }

  /** How many pairs that could be shared a pair would break. */
  #breaks(pair: number): { readonly broken: number; readonly looks: number } {
    const { first, second } = this.#read(pair);
    let broken = 0;
    let looks = 0;
    for (const row of this.#rowsOf(pair)) {
      const terms = this.#rows[row]!;
      const [one, other] = [terms.get(first)!, terms.get(second)!];
      for (const [node, sign] of terms) {
        if (node === first || node === second) continue;
        if (this.#counts.get(this.#pairOf(first, node, one * sign)) >= 2) broken++;
        if (this.#counts.get(this.#pairOf(second, node, other * sign)) >= 2) broken++;
      }
      looks = terms.size;
    }
    return { broken, looks };
  }

  /** Puts a new node in the place of a pair, in all rows; gives the highest count of the pairs that it makes. */
  #replace(pair: number): number {
    const made = this.#read(pair);
    const { first, second } = made;
    const rows = this.#rowsOf(pair);
    const node = this.#inputs + this.#pairs.length;
    this.#pairs.push(made);
    this.#users.push(new Set(rows));
    const seen = new Set<number>();
    for (const row of rows) {
      const terms = this.#rows[row]!;
      const [one, two] = [terms.get(first)!, terms.get(second)!];
      for (const [gone, sign] of [
        [first, one],
        [second, two],
      ] as const) {
        terms.delete(gone);
        this.#users[gone]!.delete(row);
        for (const [other, signOfOther] of terms)
          this.#counts.change(this.#pairOf(gone, other, sign * signOfOther), -1);
      }
      for (const [other, sign] of terms) {
        const fresh = this.#pairOf(node, other, one * sign);
        this.#counts.change(fresh, 1);
        seen.add(fresh);
      }
      terms.set(node, one);
    }
    let highest = 0;
    for (const fresh of seen) highest = Math.max(highest, this.#file(fresh));
    return highest;
  }

  #file(pair: number): number {
    const count = this.#counts.get(pair);
    if (count >= 2) {
      this.#byCount[count] ??= [];
      this.#byCount[count]!.push(pair);
    }
    return count;
  }

  #rowsOf(pair: number): number[] {
    const { first, second, isDifference } = this.#read(pair);
    const [few, many] = [this.#users[first]!, this.#users[second]!].sort((a, b) => a.size - b.size);
    return [...few!].filter(row => {
      const terms = this.#rows[row]!;
      return many!.has(row) && (terms.get(first) !== terms.get(second)) === isDifference;
    });
  }

  /** The number that tells a pair: a + b for the sign 1, a - b for -1. */
  #pairOf(a: number, b: number, sign: number): number {
    const both = a < b ? a * this.#nodes + b : b * this.#nodes + a;
    return 2 * both + (sign < 0 ? 1 : 0);
  }

  #read(pair: number): Pair {
    const both = Math.floor(pair / 2);
    const first = Math.floor(both / this.#nodes);
    return { first, second: both - first * this.#nodes, isDifference: pair % 2 === 1 };
  }
}
