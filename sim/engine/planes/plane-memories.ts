import type { Circuit } from '../../../ir/index.ts';
import { planeBytes, streams } from '../../planes.ts';
import type { PowerUp } from '../../power-up.ts';
import type { Core } from '../core.ts';
import type { Access, Layout } from '../layout.ts';
import type { Slot } from '../word.ts';

/** 32-bit parts of a plane: stream s is bit s % 32 of part s / 32. */
const parts = planeBytes / 4;

/**
 * The circuit's memories, one for each stream. Planes are good for logic; here each stream has an address of its own,
 * so addresses and data are turned from planes into numbers and back.
 */
export class PlaneMemories {
  readonly #layout: Layout;
  readonly #depths: readonly number[];
  readonly #widths: readonly number[];
  /** For each memory its words, in parts of 32 bits: [stream][word][part]. */
  readonly #contents: readonly Uint32Array[];
  readonly #addresses = new Int32Array(streams);

  constructor(circuit: Circuit, layout: Layout, powerUp: PowerUp) {
    this.#layout = layout;
    this.#depths = circuit.memories.map(({ depth }) => depth);
    this.#widths = circuit.memories.map(({ element }) => element.width);
    this.#contents = circuit.memories.map(({ depth }, m) => {
      const each = Math.ceil(this.#widths[m]! / 32);
      const contents = new Uint32Array(streams * depth * each);
      const drawn = powerUp.parts(m);
      if (drawn !== undefined) contents.set(drawn);
      else
        powerUp.words[m]!.forEach((value, word) => {
          for (let part = 0; part < each; part++)
            contents[word * each + part] = Number(BigInt.asUintN(32, value >> BigInt(32 * part)));
        });
      for (let stream = 1; stream < streams; stream++)
        contents.copyWithin(stream * depth * each, 0, depth * each);
      return contents;
    });
  }

  access(core: Core, index: number): void {
    const planes = new Uint32Array(core.bytes.buffer);
    const access = this.#layout.accesses[index]!;
    this.#findAddresses(planes, access);
    if (access.kind === 'read') this.#read(planes, access);
    else this.#write(planes, access);
  }

  /** The address of each stream; one beyond the memory is brought into it. */
  #findAddresses(planes: Uint32Array, { memory, address }: Access): void {
    const addresses = this.#addresses.fill(0);
    const base = address.address / 4;
    const bits = address.bytes / planeBytes;
    for (let bit = 0; bit < bits; bit++)
      for (let part = 0; part < parts; part++) {
        const plane = planes[base + bit * parts + part]!;
        for (let s = 0; s < 32; s++) addresses[32 * part + s]! |= ((plane >>> s) & 1) << bit;
      }
    const depth = this.#depths[memory]!;
    for (let s = 0; s < streams; s++) if (addresses[s]! >= depth) addresses[s]! %= depth;
  }

  #read(planes: Uint32Array, { memory, data }: Access): void {
    const width = this.#widths[memory]!;
    const each = Math.ceil(width / 32);
    const [depth, contents, to] = [this.#depths[memory]!, this.#contents[memory]!, data.address / 4];
    planes.fill(0, to, to + width * parts);
    for (let s = 0; s < streams; s++) {
      const from = (s * depth + this.#addresses[s]!) * each;
      const place = to + (s >> 5);
      for (let bit = 0; bit < width; bit++)
        planes[place + bit * parts]! |= ((contents[from + (bit >> 5)]! >>> (bit & 31)) & 1) << (s & 31);
    }
  }

  #write(planes: Uint32Array, { memory, data, enable, mask }: Access): void {
    const width = this.#widths[memory]!;
    const each = Math.ceil(width / 32);
    const [depth, contents] = [this.#depths[memory]!, this.#contents[memory]!];
    // A net may be narrower than the memory: its sign or 0 stands for the bits above.
    const bitOf = ({ address, bytes, signed }: Slot, bit: number, s: number) => {
      const last = bytes / planeBytes - 1;
      if (bit > last && !signed) return 0;
      return (planes[address / 4 + Math.min(bit, last) * parts + (s >> 5)]! >>> (s & 31)) & 1;
    };
    for (let s = 0; s < streams; s++) {
      if (bitOf(enable!, 0, s) === 0) continue;
      const to = (s * depth + this.#addresses[s]!) * each;
      for (let part = 0; part < each; part++) {
        const bits = Math.min(32, width - 32 * part);
        let value = 0;
        let written = mask === undefined ? -1 : 0;
        for (let bit = 0; bit < bits; bit++) {
          value |= bitOf(data, 32 * part + bit, s) << bit;
          if (mask !== undefined) written |= bitOf(mask, 32 * part + bit, s) << bit;
        }
        contents[to + part] = (contents[to + part]! & ~written) | (value & written);
      }
    }
  }
}
