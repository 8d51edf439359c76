/**
 * How long work that goes on side by side will still take: the estimates, corrected by how long those took that are
 * done. All times are in seconds.
 */
export class TimeLeft {
  readonly #estimates: readonly number[];
  readonly #workers: number;
  readonly #began = new Map<number, number>();
  readonly #open: Set<number>;
  #taken = 0;
  #expected = 0;

  /** @param workers how much goes on at a time, at least 1. */
  constructor(estimates: readonly number[], workers: number) {
    this.#estimates = estimates;
    this.#workers = workers;
    this.#open = new Set(estimates.keys());
  }

  begin(index: number, now: number): void {
    this.#began.set(index, now);
  }

  finish(index: number, now: number): void {
    this.#open.delete(index);
    this.#taken += now - this.#began.get(index)!;
    this.#expected += this.#estimates[index]!;
  }

  left(now: number): number {
    const correction = this.#expected === 0 ? 1 : this.#taken / this.#expected;
    let [all, longest] = [0, 0];
    for (const index of this.#open) {
      const began = this.#began.get(index);
      const whole = correction * this.#estimates[index]!;
      const rest = Math.max(0, whole - (began === undefined ? 0 : now - began));
      all += rest;
      longest = Math.max(longest, rest);
    }
    // No more can go on at a time than is left.
    return Math.max(longest, all / this.#workers);
  }
}
