/*
 * What a device has to do, written a second time and slowly: nothing here is shared with `protocol/` or with the
 * hardware. A frame is read and made byte by byte from the rules in docs/protocol.md.
 */

/** CRC-16/GENIBUS, bit by bit as a long division. */
export function slowCrc(bytes: readonly number[]): number {
  let rest = 0xffff;
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (rest >> 15) ^ ((byte >> bit) & 1);
      rest = ((rest << 1) & 0xffff) ^ (carry === 1 ? 0x1021 : 0);
    }
  return rest ^ 0xffff;
}

/** Stuffing, by cutting at the zeros: each part gets its length and one in front. */
export function slowStuff(frame: readonly number[]): number[] {
  const parts: number[][] = [[]];
  for (const byte of frame) {
    if (byte === 0) parts.push([]);
    else parts.at(-1)!.push(byte);
  }
  return parts.flatMap(part => [part.length + 1, ...part]);
}

/** The frame, or undefined for bytes that are no stuffed frame. */
export function slowUnstuff(bytes: readonly number[]): number[] | undefined {
  const parts: number[][] = [];
  for (let rest = [...bytes]; rest.length > 0; ) {
    const [length] = rest.splice(0, 1);
    if (length! < 1 || rest.length < length! - 1) return undefined;
    parts.push(rest.splice(0, length! - 1));
  }
  return parts.length === 0 ? undefined : parts.flatMap((part, i) => (i === 0 ? part : [0, ...part]));
}

/** The bytes of a frame on the wire from the host. */
export function slowRequest(frame: readonly number[]): number[] {
  const crc = slowCrc(frame);
  return [0, ...slowStuff([...frame, crc >> 8, crc & 255]), 0];
}

const sizes = (bits: readonly number[]): number[] => bits.map(each => 2 ** each);

/** A device with a memory in each window, of 2^bits words. What is only read is in `fixed`, by address. */
export class ModelDevice {
  readonly words = new Map<number, number>();
  readonly #sizes: readonly number[];
  readonly #fixed: ReadonlyMap<number, number>;
  #expected: number | undefined;
  #open: number[] = [];

  constructor(bits: readonly number[], fixed: ReadonlyMap<number, number>) {
    this.#sizes = sizes(bits);
    this.#fixed = fixed;
  }

  /** As after a reset; memories keep what they hold. */
  reset(): void {
    this.#expected = undefined;
    this.#open = [];
  }

  /** Takes a byte from the host; gives the bytes that the device says to it. */
  take(byte: number): number[] {
    if (byte !== 0) {
      this.#open.push(byte);
      return [];
    }
    const frame = slowUnstuff(this.#open);
    this.#open = [];
    if (
      frame === undefined ||
      frame.length < 7 ||
      slowCrc(frame.slice(0, -2)) !== frame.at(-2)! * 256 + frame.at(-1)!
    )
      return [];
    const { status, words } = this.#do(frame);
    const bytes = words.flatMap(word => [0, 8, 16, 24].map(low => (word >>> low) & 255));
    const response = [frame[0]!, ...bytes, status];
    const crc = slowCrc(response);
    const stuffed = slowStuff([...response, crc >> 8, crc & 255].reverse()).reverse();
    return [0, ...stuffed, 0];
  }

  #do(frame: readonly number[]): { status: number; words: number[] } {
    const [number, second, low, high, count] = frame as [number, number, number, number, number];
    const command = second >> 4;
    const refuse = (status: number) => ({ status, words: [] });
    if (command === 1) {
      this.#expected = (number + 1) % 256;
      return refuse(frame.length === 7 ? 0 : 5);
    }
    if (this.#expected === undefined) return refuse(2);
    const ahead = (number - this.#expected + 256) % 256;
    if (ahead > 0 && ahead < 128) return refuse(1);
    if (ahead === 0) this.#expected = (this.#expected + 1) % 256;
    if (command !== 2 && command !== 3) return refuse(3);
    if (count < 1 || count > 60) return refuse(5);
    if ((second & 15) > 3) return refuse(4);
    const window = second & 3;
    const begin = high * 256 + low;
    const size = this.#sizes[window]!;
    const places = Array.from({ length: count }, (_, i) => (begin + i) % 65_536);
    const isInside = places.every(place => place < size);
    if (command === 2) {
      const isLong = frame.length !== 7;
      const words = places.map(place => this.#read(window * 65_536 + place));
      return { status: isLong ? 5 : isInside ? 0 : 4, words: words };
    }
    if (frame.length !== 7 + 4 * count) return refuse(5);
    if (ahead === 0)
      for (const [i, place] of places.entries()) {
        if (place >= size) continue;
        const at = 5 + 4 * i;
        const word = frame.slice(at, at + 4).reduceRight((sum, byte) => sum * 256 + byte, 0);
        if (window > 0) this.words.set(window * 65_536 + place, word);
      }
    return refuse(isInside ? 0 : 4);
  }

  #read(address: number): number {
    return this.words.get(address) ?? this.#fixed.get(address) ?? 0;
  }
}
