/*
 * Changes in a VCD file name their variable by a code of printable characters, `!` to `~`. Writers count codes up, so
 * they are numbers to the base of 94, and most of them are small.
 */

const first = 33;
const base = 94;

/** Codes of more characters have no number of their own. */
export const longestNumber = 8;

/** The number of a code: 1 for `!`, 2 for `"` and so on, each code another one. */
export function codeNumber(code: string): number {
  let number = 0;
  for (let i = 0; i < code.length; i++) number = number * base + (code.charCodeAt(i) - first + 1);
  return number;
}

/** Codes below this number may be looked up in an array. */
const mostDirect = 1 << 21;

/** What stands for a code that no variable has. */
export const unknownCode = -2;

/** A number for each code. */
export class CodeTable {
  readonly #small: Int32Array;
  readonly #large = new Map<number, number>();
  readonly #long = new Map<string, number>();

  /** @param codes those that will be set. */
  constructor(codes: readonly string[]) {
    const numbers = codes.filter(code => code.length <= longestNumber).map(codeNumber);
    const largest = numbers.reduce((most, each) => (each < mostDirect ? Math.max(most, each) : most), 0);
    this.#small = new Int32Array(largest + 1).fill(unknownCode);
  }

  set(code: string, value: number): void {
    const number = codeNumber(code);
    if (code.length > longestNumber) this.#long.set(code, value);
    else if (number < this.#small.length) this.#small[number] = value;
    else this.#large.set(number, value);
  }

  get(number: number): number {
    return number < this.#small.length ? this.#small[number]! : (this.#large.get(number) ?? unknownCode);
  }

  getLong(code: string): number {
    return this.#long.get(code) ?? unknownCode;
  }
}
