/**
 * A reader of the JSON in a safetensors header, which is no more than this:
 *
 *     { "__metadata__": { "key": "text", … }, "a tensor": { "dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24] }, … }
 *
 * `JSON.parse` would take memory many times the header's for lists and objects that do not belong there, and would hide that a name
 * is there twice, which the format forbids. Here nothing is kept but tensors, and where the texts of the metadata are.
 */

import { brief } from '../brief.ts';

/** A tensor as the header tells it. */
export interface ToldTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
}

/** Where a text of the metadata is in the header, quotes included. */
export interface TextRange {
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, TextRange>;
  readonly tensors: readonly ToldTensor[];
}

/** What a header may hold at most. */
export interface HeaderLimits {
  readonly entries: number;
  readonly axes: number;
  readonly nameBytes: number;
}

/** Why a text is no header, as a phrase that fits after "malformed: ". */
export class HeaderError extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws HeaderError where the bytes are something else than a header, white space behind it aside */
export function parseHeader(bytes: Uint8Array, limits: HeaderLimits): Header {
  let at = 0;
  const metadata = new Map<string, TextRange>();
  const tensors: ToldTensor[] = [];
  const names = new Set<string>();

  function skipSpace(): void {
    while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  }

  function accept(character: string): boolean {
    skipSpace();
    if (bytes[at] !== character.charCodeAt(0)) return false;
    at++;
    return true;
  }

  function expect(character: string): void {
    if (!accept(character)) throw new HeaderError(`'${character}' expected ${place()}`);
  }

  function place(): string {
    if (at >= bytes.length) return 'at its end';
    return `before ${JSON.stringify(new TextDecoder().decode(bytes.subarray(at, at + 20)))}`;
  }

  /** The range of a text, which is not decoded. */
  function range(most: number): TextRange {
    expect('"');
    const begin = at - 1;
    while (bytes[at] !== quote) {
      if (at >= bytes.length) throw new HeaderError('a text does not end');
      at += bytes[at] === backslash ? 2 : 1;
      if (at - begin > most) throw new HeaderError(`a name has more than ${most} bytes`);
    }
    at++;
    return { begin, end: at };
  }

  function text(): string {
    return textIn(bytes, range(limits.nameBytes));
  }

  /** What stands between braces: a name and whatever `value` reads behind its colon, which it is given. */
  function pairs(value: (name: string) => void): void {
    expect('{');
    if (accept('}')) return;
    do {
      const name = text();
      expect(':');
      value(name);
    } while (accept(','));
    expect('}');
  }

  /** A list of whole numbers from 0 up. */
  function numbers(what: () => string): number[] {
    const list: number[] = [];
    expect('[');
    if (accept(']')) return list;
    do {
      skipSpace();
      const begin = at;
      let number = 0;
      while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) number = 10 * number + bytes[at++]! - 0x30;
      const isNumber = at > begin && (bytes[begin] !== 0x30 || at === begin + 1);
      if (!isNumber || number > Number.MAX_SAFE_INTEGER) {
        at = begin;
        throw new HeaderError(`${what()} holds no whole number from 0 to 2^53 ${place()}`);
      }
      list.push(number);
      if (list.length > limits.axes) throw new HeaderError(`${what()} has more than ${limits.axes} numbers`);
    } while (accept(','));
    expect(']');
    return list;
  }

  function tensor(name: string): ToldTensor {
    let dtype: string | undefined;
    let shape: number[] | undefined;
    let offsets: number[] | undefined;
    pairs(key => {
      const what = (): string => `'${key}' of '${brief(name)}'`;
      if (key === 'dtype' && dtype === undefined) dtype = text();
      else if (key === 'shape' && shape === undefined) shape = numbers(what);
      else if (key === 'data_offsets' && offsets === undefined) offsets = numbers(what);
      else
        throw new HeaderError(`'${brief(key)}' of '${brief(name)}' does not belong there, or is there twice`);
    });
    if (dtype === undefined || shape === undefined || offsets === undefined) {
      throw new HeaderError(`'${brief(name)}' has not all of dtype, shape and data_offsets`);
    }
    return { name, dtype, shape, offsets };
  }

  pairs(name => {
    if (names.has(name)) throw new HeaderError(`'${brief(name)}' is there twice`);
    names.add(name);
    if (names.size + metadata.size > limits.entries) {
      throw new HeaderError(`it has more than ${limits.entries} tensors and keys`);
    }
    if (name !== '__metadata__') {
      tensors.push(tensor(name));
      return;
    }
    pairs(key => {
      if (metadata.has(key)) throw new HeaderError(`the metadata key '${brief(key)}' is there twice`);
      skipSpace();
      metadata.set(key, range(Infinity));
      if (names.size + metadata.size > limits.entries) {
        throw new HeaderError(`it has more than ${limits.entries} tensors and keys`);
      }
    });
  });
  skipSpace();
  if (at < bytes.length) throw new HeaderError(`nothing more expected ${place()}`);
  return { metadata, tensors };
}

/** The text in a range, with its escapes. @throws HeaderError where it is none */
export function textIn(bytes: Uint8Array, { begin, end }: TextRange): string {
  try {
    for (let at = begin + 1; at < end - 1; at++) {
      // What is no plain text is left to JSON: it knows all escapes, and refuses control characters.
      if (bytes[at] === backslash || bytes[at]! < 0x20) {
        return JSON.parse(decoder.decode(bytes.subarray(begin, end))) as string;
      }
    }
    return decoder.decode(bytes.subarray(begin + 1, end - 1));
  } catch {
    throw new HeaderError('a text is no JSON string in UTF-8');
  }
}
