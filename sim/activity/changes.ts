import { type ChangeSink, unknown } from './vcd-body.ts';

/**
 * Counts how often bits change, from change to change. A bit that goes through unknown values changes when it is known
 * again and another one. What changes twice at one moment changes as it did in the end.
 */
export class ChangeCounts implements ChangeSink {
  readonly all: Float64Array;
  /** How often each bit had another value at a rising edge of the clock than at the one before. */
  readonly functional: Float64Array;
  /** How many of the changes of each bit were at the very moment at which the clock rose: without delays it is those of registers. */
  readonly atEdges: Float64Array;
  /** Rising edges of the clock. */
  edges = 0;

  /** For each bit the edges at which it was found 0 after 1, less those at which it was found 1 after 0. */
  readonly #ones: Float64Array;
  #lastEdge = -1;

  /** The last known value. */
  readonly #value: Uint8Array;
  /** The value before the present moment, of bits that have changed in it. */
  readonly #before: Uint8Array;
  readonly #changedAt: Float64Array;
  /** 1 for bits that were never known, or are no longer. */
  readonly #isLost: Uint8Array;
  /** The value when the cycle began, of bits that have changed in it; and these bits. */
  readonly #atEdge: Uint8Array;
  readonly #isTouched: Uint8Array;
  #touched: number[] = [];

  constructor(bits: number) {
    this.all = new Float64Array(bits);
    this.functional = new Float64Array(bits);
    this.atEdges = new Float64Array(bits);
    this.#ones = new Float64Array(bits);
    this.#value = new Uint8Array(bits).fill(unknown);
    this.#before = new Uint8Array(bits);
    this.#changedAt = new Float64Array(bits).fill(-1);
    this.#isLost = new Uint8Array(bits).fill(1);
    this.#atEdge = new Uint8Array(bits);
    this.#isTouched = new Uint8Array(bits);
  }

  /** Gives a bit a known value without counting. */
  set(bit: number, value: number): void {
    const old = this.#value[bit]!;
    if (old !== unknown && old !== value && this.#isTouched[bit] === 0) this.#turn(bit, value, this.edges);
    this.#value[bit] = value;
    this.#isLost[bit] = 0;
  }

  lose(bit: number): void {
    this.#isLost[bit] = 1;
  }

  /** Whether a bit is known at the end. */
  isKnown(bit: number): boolean {
    return this.#isLost[bit] === 0;
  }

  /** At how many edges a bit was 1; before it is known, it is taken to be what it is then. */
  onesOf(bit: number): number {
    return this.#ones[bit]! + (this.#value[bit] === 1 ? this.edges : 0);
  }

  /** A bit is another one from an edge on. */
  #turn(bit: number, value: number, edge: number): void {
    this.#ones[bit]! += value === 1 ? -edge : edge;
  }

  /** A bit has a known value from a moment on. @returns whether it has changed. */
  change(bit: number, value: number, now: number): boolean {
    this.#isLost[bit] = 0;
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
      const by = this.#before[bit] === value ? -1 : 1;
      this.all[bit]! += by;
      if (now === this.#lastEdge) this.atEdges[bit]! += by;
      return true;
    }
    this.#changedAt[bit] = now;
    this.#before[bit] = old;
    this.all[bit]!++;
    if (now === this.#lastEdge) this.atEdges[bit]!++;
    if (this.#isTouched[bit] === 0) {
      this.#isTouched[bit] = 1;
      this.#atEdge[bit] = old;
      this.#touched.push(bit);
    }
    return true;
  }

  /** A cycle ends: what changes at this very moment, before or after this call, belongs to the next one. */
  edge(now: number): void {
    const edge = this.edges++;
    // A clock that rises twice in a moment has what changes there at its edge once.
    const isFirst = now !== this.#lastEdge;
    this.#lastEdge = now;
    const next: number[] = [];
    for (const bit of this.#touched) {
      const isNow = this.#changedAt[bit] === now;
      const value = isNow ? this.#before[bit]! : this.#value[bit]!;
      if (value !== this.#atEdge[bit]) {
        this.functional[bit]!++;
        this.#turn(bit, value, edge);
      }
      if (isNow) {
        if (isFirst && this.#value[bit] !== value) this.atEdges[bit]!++;
        this.#atEdge[bit] = value;
        next.push(bit);
      } else this.#isTouched[bit] = 0;
    }
    this.#touched = next;
  }

  /** After the last change: the cycle that is not complete counts too. */
  finish(): void {
    for (const bit of this.#touched) {
      const value = this.#value[bit]!;
      if (value === this.#atEdge[bit]) continue;
      this.functional[bit]!++;
      this.#turn(bit, value, this.edges);
    }
    this.#touched = [];
  }
}
