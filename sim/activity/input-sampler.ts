import { type ChangeSink, unknown } from './vcd-body.ts';

/** Keeps what some inputs are at each edge of a clock. */
export class InputSampler implements ChangeSink {
  readonly #value: Uint8Array;
  readonly #before: Uint8Array;
  readonly #changedAt: Float64Array;
  readonly #widths: readonly number[];
  readonly #places: readonly number[];
  /** For each input its value at each edge that was not taken yet. */
  #samples: bigint[][];
  #edges = 0;

  /**
   * @param bits of all variables.
   * @param widths of the inputs.
   * @param places the lowest bit of each input.
   */
  constructor(bits: number, widths: readonly number[], places: readonly number[]) {
    this.#value = new Uint8Array(bits).fill(unknown);
    this.#before = new Uint8Array(bits);
    this.#changedAt = new Float64Array(bits).fill(-1);
    this.#widths = widths;
    this.#places = places;
    this.#samples = widths.map(() => []);
  }

  set(bit: number, value: number): void {
    this.#value[bit] = value;
  }

  change(bit: number, value: number, now: number): boolean {
    const old = this.#value[bit]!;
    if (old === value) return false;
    if (this.#changedAt[bit] !== now) {
      this.#changedAt[bit] = now;
      this.#before[bit] = old;
    }
    this.#value[bit] = value;
    return this.#before[bit] !== unknown;
  }

  edge(now: number): void {
    this.#edges++;
    this.#places.forEach((place, input) => {
      let value = 0n;
      for (let bit = place + this.#widths[input]! - 1; bit >= place; bit--) {
        const known = this.#changedAt[bit] === now ? this.#before[bit] : this.#value[bit];
        value = (value << 1n) | (known === 1 ? 1n : 0n);
      }
      this.#samples[input]!.push(value);
    });
  }

  lose(): void {}

  finish(): void {}

  /** The edges since the last call, and for each input its values at them. */
  take(): { readonly edges: number; readonly values: readonly (readonly bigint[])[] } {
    const taken = { edges: this.#edges, values: this.#samples };
    this.#edges = 0;
    this.#samples = this.#widths.map(() => []);
    return taken;
  }
}
