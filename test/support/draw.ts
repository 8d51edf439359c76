import { Interval, int, uint } from '../../hdl-gen/lang/index.ts';

/** Random choices from a seed (mulberry32, public domain, Tommy Ettinger): the same seed gives the same choices. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** A whole number from `first` to `last`. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, i) => make(i));
  }

  /** A value of the interval, its ends and 0 more often than others. */
  value({ min, max }: Interval): bigint {
    const near = this.pick([min, max, min + 1n, max - 1n, 0n, 1n, -1n]);
    if (this.oneIn(4)) return near < min ? min : near > max ? max : near;
    let bits = 0n;
    for (let drawn = 0; drawn < 96; drawn += 24) bits = (bits << 24n) | BigInt(this.below(1 << 24));
    return min + (bits % (max - min + 1n));
  }

  /** A width of 1 to `widest` bits: mostly small, often around the words of machines. */
  width(widest: number): number {
    const width = this.pick([1, this.between(1, 9), this.between(1, 9), this.between(1, widest), 32, 33, 64]);
    return Math.min(width, widest);
  }

  /** All values of some bits, signed or not. */
  format(widest = 70): Interval {
    return this.oneIn(2) ? int(this.width(widest)) : uint(this.width(widest));
  }

  /** An interval with any ends, of two values or more. */
  interval(widest = 70): Interval {
    const format = this.format(widest);
    if (this.oneIn(2)) return format;
    const [a, b] = [this.value(format), this.value(format)];
    return a < b ? new Interval(a, b) : a > b ? new Interval(b, a) : format;
  }
}
