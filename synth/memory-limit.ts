import { memoryTooLarge } from './diagnostics.ts';

/** The largest memory that is wanted. */
export interface MemoryLimit {
  readonly words: number;
  readonly bits: number;
}

/** The command that lets Yosys tell the memories of a design. */
export const tellMemories = 'dump m:*';

const source = /^ *attribute \\src "([^"|]*?:\d+)/;
const memory = /^ *memory width (\d+) size (\d+) (?:offset -?\d+ )?\\(\S+)/;

/** Looks for memories that are too large, line by line as Yosys tells them. */
export class MemoryWatch {
  readonly #limit: MemoryLimit;
  readonly #onTooLarge: (error: Error) => void;
  #source: string | undefined;

  constructor(limit: MemoryLimit, onTooLarge: (error: Error) => void) {
    this.#limit = limit;
    this.#onTooLarge = onTooLarge;
  }

  take(line: string): void {
    this.#source = source.exec(line)?.[1] ?? this.#source;
    const [, width, words, name] = memory.exec(line) ?? [];
    if (name === undefined) return;
    const size = { words: Number(words), width: Number(width) };
    if (size.words > this.#limit.words || size.words * size.width > this.#limit.bits)
      this.#onTooLarge(memoryTooLarge(name, size, this.#limit, this.#source));
  }
}
