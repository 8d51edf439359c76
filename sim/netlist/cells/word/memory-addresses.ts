import { bitLength, type NetId, uint } from '../../../../ir/index.ts';
import type { CircuitBuilder } from '../../builder.ts';

/** The addresses of a memory in the netlist, and the places of its words in the circuit. */
export class MemoryAddresses {
  readonly #b: CircuitBuilder;
  readonly #size: number;
  /** Bits of the number of a word: 0 for the only one. */
  readonly #bits: number;
  /** The address of the first word. */
  readonly #first: number;

  constructor(b: CircuitBuilder, size: number, first: number) {
    this.#b = b;
    this.#size = size;
    this.#bits = bitLength(BigInt(size - 1));
    this.#first = first;
  }

  /** The number of the word at an address. */
  index(address: NetId): NetId {
    return this.#b.wrapped(this.#moved(address), uint(Math.max(1, this.#bits)));
  }

  /** 1 where a word is at the address; undefined where one always is. */
  isThere(address: NetId): NetId | undefined {
    return this.#isBelow(address, this.#size);
  }

  /** The same, or where the circuit's memory has no word, but a place that reads 0. */
  isWithinPlaces(address: NetId): NetId | undefined {
    return this.#isBelow(address, 2 ** this.#bits);
  }

  #isBelow(address: NetId, limit: number): NetId | undefined {
    const moved = this.#moved(address);
    const { max } = this.#b.interval(moved);
    return max < BigInt(limit)
      ? undefined
      : this.#b.once(`${moved} below ${limit}`, () => {
          const end = this.#b.constant(BigInt(limit), bitLength(BigInt(limit)));
          return this.#b.cell('less', [moved, end], undefined);
        });
  }

  /** The address counted from the first word; what lies below becomes a number beyond the last one. */
  #moved(address: NetId): NetId {
    if (this.#first === 0) return address;
    return this.#b.once(`${address} from ${this.#first}`, () => {
      const { width } = this.#b.interval(address);
      const first = BigInt(this.#first);
      const bits = Math.max(width, bitLength(first + BigInt(this.#size))) + 1;
      const constant = this.#b.constant(first < 0n ? -first : first, bits);
      const moved = this.#b.cell(first < 0n ? 'add' : 'sub', [address, constant], undefined);
      return this.#b.wrapped(moved, uint(bits));
    });
  }
}
