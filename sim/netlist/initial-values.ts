import type { NetlistBit, NetlistModule } from './json.ts';

/** The values at power-up that a netlist gives to nets by the attribute `init`; all others are 0. */
export class InitialValues {
  readonly #ones = new Set<number>();

  constructor({ netnames }: NetlistModule) {
    for (const { bits, attributes } of Object.values(netnames)) {
      const init = attributes?.init;
      if (typeof init !== 'string') continue;
      // The highest digit comes first.
      bits.forEach((bit, i) => {
        if (typeof bit === 'number' && init[init.length - 1 - i] === '1') this.#ones.add(bit);
      });
    }
  }

  /** The value of a vector, the lowest bit first. */
  of(bits: readonly (NetlistBit | undefined)[]): bigint {
    if (this.#ones.size === 0) return 0n;
    let value = 0n;
    bits.forEach((bit, i) => {
      if (typeof bit === 'number' && this.#ones.has(bit)) value |= 1n << BigInt(i);
    });
    return value;
  }
}
