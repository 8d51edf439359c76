import { type ChangeSink, unknown } from './vcd-body.ts';

/**
 * Counts how often bits change, from change to change. A bit that goes through unknown values changes when it is known
 * again and another one. What changes twice at one moment changes as it did in the end.
 */
export class ChangeCounts implements ChangeSink {
  readonly all: Float64Array;
  /** How often each bit had another value at a rising edge of the clock than at the one before. */
  readonly functional: Float64Array;
  /** Rising edges of the clock. */
  edges = 0;

  /** The last known value. */
  readonly #value: Uint8Array;
  /** The value before the present moment, of bits that have changed in it. */
  readonly #before: Uint8Array;
  readonly #changedAt: Float64Array;
  /** The value when the cycle began, of bits that have changed in it; and these bits. */
  readonly #atEdge: Uint8Array;
  readonly #isTouched: Uint8Array;
  #touched: number[] = [];

  constructor(bits: number) {
    this.all = new Float64Array(bits);
    this.functional = new Float64Array(bits);
    this.#value = new Uint8Array(bits).fill(unknown);
    this.#before = new Uint8Array(bits);
    this.#changedAt = new Float64Array(bits).fill(-1);
    this.#atEdge = new Uint8Array(bits);
    this.#isTouched = new Uint8Array(bits);
  }

  /** Gives a bit a known value without counting. */
  set(bit: number, value: number): void {
    this.#value[bit] = value;
  }

  /** A bit has a known value from a moment on. @returns whether it has changed. */
  change(bit: number, value: number, now: number): boolean {
    const old = this.#value[bit]!;
    if (old === value) return false;
    this.#value[bit] = value;
    if (old === unknown) {
      this.#changedAt[bit] = now;
      this.#before[bit] = unknown;
      return false;
    }
    if (this.#changedAt[bit] === now) {
      if (this.#before[bit] === unknown) return false;
      // Back again at the same moment, as a bit has but two values.
      this.all[bit]! += this.#before[bit] === value ? -1 : 1;
      return true;
    }
    this.#changedAt[bit] = now;
    this.#before[bit] = old;
    this.all[bit]!++;
    if (this.#isTouched[bit] === 0) {
      this.#isTouched[bit] = 1;
      this.#atEdge[bit] = old;
      this.#touched.push(bit);
    }
    return true;
  }

  /** A cycle ends: what changes at this very moment, before or after this call, belongs to the next one. */
  edge(now: number): void {
    this.edges++;
    const next: number[] = [];
    for (const bit of this.#touched) {
      const isNow = this.#changedAt[bit] === now;
      const value = isNow ? this.#before[bit]! : this.#value[bit]!;
      if (value !== this.#atEdge[bit]) this.functional[bit]!++;
      if (isNow) {
        this.#atEdge[bit] = value;
        next.push(bit);
      } else this.#isTouched[bit] = 0;
    }
    this.#touched = next;
  }

  /** After the last change: the cycle that is not complete counts too. */
  finish(): void {
    for (const bit of this.#touched) if (this.#value[bit] !== this.#atEdge[bit]) this.functional[bit]!++;
    this.#touched = [];
  }
}
