import { type CodeTable, codeNumber, longestNumber, unknownCode } from './codes.ts';
import { notAVcd, truncatedVcd } from './diagnostics.ts';

/** A value that is neither 0 nor 1. */
export const unknown = 2;

/** A variable without bits that are asked for. */
export const ignored = -1;

/** What is done with the changes of a file. */
export interface ChangeSink {
  /** Gives a bit a value that it has had for a while. */
  set(bit: number, value: number): void;
  /** A bit has a value from a moment on. @returns whether it had the other one before. */
  change(bit: number, value: number, now: number): boolean;
  /** The value of a bit is neither 0 nor 1 from here on. */
  lose(bit: number): void;
  /** The clock rises; what changes at this very moment, before or after this call, belongs to the cycle that begins. */
  edge(now: number): void;
  /** After the last change. */
  finish(): void;
}

/** Where the changes of a file go. */
export interface BodyTargets {
  /** For each code the place of its variable in `first` and `widths`; `ignored` where nobody asks for it. */
  readonly codes: CodeTable;
  /** The lowest bit of each variable in `sink`; the others follow. */
  readonly first: readonly number[];
  readonly widths: readonly number[];
  readonly sink: ChangeSink;
  /** The bit that is the clock; `ignored` without one. */
  readonly clock: number;
}

const [hash, zero, one, dollar] = ['#', '0', '1', '$'].map(text => text.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];
const newline = 10;
const space = 32;

/** How a byte begins a change, or a bit is told by one: 0, 1, unknown, or nothing of these. */
const valueOfDigit: Uint8Array = new Uint8Array(256).fill(255);
for (const [digits, value] of [
  ['0lL', 0],
  ['1hH', 1],
  ['xXzZuUwW-', unknown],
] as const)
  for (const digit of digits) valueOfDigit[digit.charCodeAt(0)] = value;
const isVector = bytesOf('bB');
const isOther = bytesOf('rRsS');

/** The longest line that can be: longer ones are no VCD. */
const longestLine = 1 << 26;

/** Reads the changes of a VCD file, piece by piece. */
export class VcdBody {
  /** The moments of the first and the last change, in units; undefined before the first. */
  begin: number | undefined;
  now = 0;
  /** Units of time in which nothing was dumped. */
  off = 0;
  readonly #targets: BodyTargets;
  /** What does not end with a line break yet. */
  #rest: Uint8Array = new Uint8Array(0);
  /** The digits of a vector whose code has not come yet. */
  #digits: Uint8Array | undefined;
  /** The section that is open: `$dumpvars`, `$comment` … */
  #section: string | undefined;
  #offSince: number | undefined;
  #isOther = false;

  constructor(targets: BodyTargets) {
    this.#targets = targets;
  }

  /** @throws Diagnostic TCT-3601 for what is no change. */
  feed(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end === 0) {
      this.#rest = joined(this.#rest, chunk);
      if (this.#rest.length > longestLine) throw notAVcd('it has a line of more than 64 MiB');
      return;
    }
    let begin = 0;
    if (this.#rest.length > 0) {
      begin = chunk.indexOf(newline) + 1;
      const line = joined(this.#rest, chunk.subarray(0, begin));
      this.#read(line, line.length);
    }
    this.#read(chunk.subarray(begin, end), end - begin);
    this.#rest = chunk.slice(end);
  }

  /** @throws Diagnostic TCT-3602 if something is not complete. */
  end(): void {
    if (this.#rest.length > 0) throw truncatedVcd(`within the line '${shown(this.#rest)}'`);
    if (this.#digits !== undefined) throw truncatedVcd('after the value of a vector');
    if (this.#section !== undefined) throw truncatedVcd(`within '${this.#section}'`);
    if (this.begin === undefined) throw truncatedVcd('before the first change');
    if (this.#offSince !== undefined) this.off += this.now - this.#offSince;
    this.#targets.sink.finish();
  }

  /** Reads whole lines. Here all the time goes. */
  #read(bytes: Uint8Array, end: number): void {
    const { codes, first } = this.#targets;
    let at = 0;
    while (at < end) {
      const begin = bytes[at]!;
      if (begin <= space) {
        at++;
        continue;
      }
      const start = at;
      const expectsCode = this.#digits !== undefined || this.#isOther;
      const value = valueOfDigit[begin]!;
      if (value !== 255 && !expectsCode && this.#section !== '$comment') {
        // One bit: a digit, and the code at once.
        let number = 0;
        let byte = bytes[++at]!;
        while (byte > space) {
          number = number * 94 + (byte - space);
          byte = bytes[++at]!;
        }
        const length = at - start - 1;
        const variable =
          length > longestNumber ? codes.getLong(textOf(bytes, start + 1, at)) : codes.get(number);
        if (variable >= 0) this.#bit(first[variable]!, value);
        else if (variable === unknownCode)
          throw notAVcd(`nothing is declared for '${textOf(bytes, start, at)}'`);
        continue;
      }
      while (at < end && bytes[at]! > space) at++;
      if (expectsCode) this.#code(bytes, start, at);
      else if (begin === hash && this.#section !== '$comment') this.#time(bytes, start, at);
      else this.#word(bytes, start, at, begin);
    }
  }

  #time(bytes: Uint8Array, start: number, end: number): void {
    let time = 0;
    for (let at = start + 1; at < end; at++) {
      const digit = bytes[at]! - zero;
      if (digit < 0 || digit > 9) throw notAVcd(`'${textOf(bytes, start, end)}' is no time`);
      time = time * 10 + digit;
    }
    if (this.begin === undefined) this.begin = time;
    else if (time < this.now) throw notAVcd(`time goes back from #${this.now} to #${time}`);
    this.now = time;
  }

  #word(bytes: Uint8Array, start: number, end: number, begin: number): void {
    if (begin === dollar) this.#keyword(textOf(bytes, start, end));
    else if (this.#section === '$comment') return;
    else if (isVector[begin] === 1) this.#digits = bytes.slice(start + 1, end);
    else if (isOther[begin] === 1) this.#isOther = true;
    else throw notAVcd(`'${textOf(bytes, start, end).slice(0, 40)}' is no change`);
  }

  #keyword(word: string): void {
    if (word === '$end') {
      this.#section = undefined;
      return;
    }
    if (this.#section === '$comment') return;
    this.#section = word;
    if (word === '$dumpoff') this.#offSince ??= this.now;
    else if (word === '$dumpon' && this.#offSince !== undefined) {
      this.off += this.now - this.#offSince;
      this.#offSince = undefined;
    }
  }

  /** The code of a vector, or of something without bits. */
  #code(bytes: Uint8Array, start: number, end: number): void {
    const digits = this.#digits;
    this.#digits = undefined;
    this.#isOther = false;
    const code = textOf(bytes, start, end);
    const { codes } = this.#targets;
    const variable = code.length > longestNumber ? codes.getLong(code) : codes.get(codeNumber(code));
    if (variable === unknownCode) throw notAVcd(`nothing is declared for the code '${code}'`);
    if (variable !== ignored && digits !== undefined) this.#vector(variable, digits, code);
  }

  #vector(variable: number, digits: Uint8Array, code: string): void {
    const { first, widths } = this.#targets;
    const width = widths[variable]!;
    // What is left out in front is as the first digit, but 0 where that is 1.
    const fill = digits[0] === one ? zero : (digits[0] ?? zero);
    for (let place = 0; place < width; place++) {
      const value = valueOfDigit[digits[digits.length - 1 - place] ?? fill]!;
      if (value === 255) throw notAVcd(`the value of '${code}' has a digit that is none`);
      this.#bit(first[variable]! + place, value);
    }
  }

  #bit(bit: number, value: number): void {
    const { sink, clock } = this.#targets;
    if (this.#offSince !== undefined) return;
    if (value === unknown) sink.lose(bit);
    else if (this.#section === '$dumpon') sink.set(bit, value);
    else if (sink.change(bit, value, this.now) && bit === clock && value === 1) sink.edge(this.now);
  }
}

function bytesOf(text: string): Uint8Array {
  const found = new Uint8Array(256);
  for (const each of text) found[each.charCodeAt(0)] = 1;
  return found;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 1000)));
}

function shown(bytes: Uint8Array): string {
  return textOf(bytes, 0, Math.min(bytes.length, 40));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
