import type { ByteSource } from '../byte-source.ts';

/** Begins the sentence about what is wrong with something; made only then. */
export type What = () => string;

/** Bytes that are read at a time. */
const windowBytes = 65_536;

/**
 * Reads numbers and texts of a header one after the other, through a window on its source. Lengths that are told in the header are
 * never believed: whatever goes beyond the end of the source is refused before memory is taken for it.
 */
export class Cursor {
  readonly #source: ByteSource;
  readonly #fail: (problem: string) => Error;
  readonly #buffer: Uint8Array;
  readonly #view: DataView;
  /** The part of the buffer that is filled. */
  #window: Uint8Array;
  /** Where the window begins, and how far in it the cursor is. */
  #begin: number;
  #at = 0;

  /** @param fail makes the error of a sentence that says what is wrong. */
  constructor(source: ByteSource, offset: number, fail: (problem: string) => Error) {
    this.#source = source;
    this.#buffer = new Uint8Array(Math.min(windowBytes, source.size));
    this.#view = new DataView(this.#buffer.buffer);
    this.#window = this.#buffer.subarray(0, 0);
    this.#begin = offset;
    this.#fail = fail;
  }

  /** Where in the source the next byte is read. */
  get offset(): number {
    return this.#begin + this.#at;
  }

  /** Bytes from here to the end. */
  get left(): number {
    return this.#source.size - this.offset;
  }

  /** @throws what `fail` makes where fewer bytes are left */
  skip(length: number, what: What): void {
    if (length > this.left) {
      throw this.#fail(
        `${what()} goes beyond its end: ${length} bytes at byte ${this.offset} of ${this.#source.size}`,
      );
    }
    this.#at += length;
  }

  /** Passes over so many texts, of which a vocabulary has hundreds of thousands. */
  skipTexts(count: number, what: What): void {
    for (let i = 0; i < count; i++) {
      // The next text lies in the window nearly always.
      const at = this.#at;
      if (at + 8 <= this.#window.length && this.#view.getUint32(at + 4, true) === 0) {
        const end = at + 8 + this.#view.getUint32(at, true);
        if (end <= this.#window.length) {
          this.#at = end;
          continue;
        }
      }
      this.skip(this.u64(what), what);
    }
  }

  u8(what: What): number {
    return this.#view.getUint8(this.#take(1, what));
  }

  u32(what: What): number {
    const at = this.#take(4, what);
    return this.#view.getUint32(at, true);
  }

  /** A number of 64 bits; beyond 2^53 it is not exact, and no number of a header may be so large. */
  u64(what: What): number {
    const at = this.#take(8, what);
    return this.#view.getUint32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
  }

  /** A length of 64 bits, and as many bytes of UTF-8. */
  text(what: What, most: number): string {
    const length = this.u64(what);
    if (length > most) throw this.#fail(`${what()} is ${length} bytes long; ${most} are the most`);
    const begin = this.offset;
    this.skip(length, what);
    const inside = begin - this.#begin;
    const bytes =
      inside >= 0 && inside + length <= this.#window.length
        ? this.#window.subarray(inside, inside + length)
        : this.#source.read(begin, length);
    return textOf(bytes, () => this.#fail(`${what()} is no UTF-8 text`));
  }

  /** The place in the window of the next bytes, behind which the cursor then is. */
  #take(length: number, what: What): number {
    if (this.#at + length > this.#window.length) {
      if (length > this.left) {
        throw this.#fail(`${what()} is missing: it ends at byte ${this.#source.size}`);
      }
      this.#begin += this.#at;
      this.#at = 0;
      this.#window = this.#buffer.subarray(0, Math.min(windowBytes, this.#source.size - this.#begin));
      this.#source.fill(this.#window, this.#begin);
    }
    const at = this.#at;
    this.#at += length;
    return at;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 as text. */
export function textOf(bytes: Uint8Array, fail: () => Error): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw fail();
  }
}
