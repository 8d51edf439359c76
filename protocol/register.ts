/**
 * What a register is: a word of 32 bits at an address of the window `registers`, with named fields.
 *
 * Everything that knows the registers is made from rows of this shape: the decoder in the hardware
 * (`rtl/host-port`), docs/registers.md, the C header and what the host reads and writes.
 */

/** Bits of a word. */
export const wordBits = 32;

/**
 * Who may do what:
 * - `read`: the device says it, a write does nothing;
 * - `write`: what was written is kept for the device; it reads as 0;
 * - `command`: a write makes something happen once; it reads as 0.
 */
export type Access = 'read' | 'write' | 'command';

/** Some bits of a register: an unsigned number, or a signed one in two's complement. */
export interface Field {
  /** Unique in its register, in camelCase. */
  readonly name: string;
  /** The lowest bit. */
  readonly low: number;
  /** How many bits, from 1. */
  readonly width: number;
  readonly signed?: boolean;
  /** One sentence, without a full stop. */
  readonly meaning: string;
  /** What the numbers mean, where they stand for names. */
  readonly values?: Readonly<Record<string, number>>;
  /** For `write`: the value after a reset; 0 without it. For `read`: the value, where it never changes. */
  readonly reset?: number;
}

export interface Register {
  /** Unique, in camelCase. */
  readonly name: string;
  /** Words from the start of the window `registers`. */
  readonly address: number;
  readonly access: Access;
  /** One sentence, without a full stop. */
  readonly meaning: string;
  /** From the lowest bit to the highest; bits between them are 0. */
  readonly fields: readonly Field[];
}

/** Numbers by the names of a register's fields. */
export type FieldValues<R extends Register> = { readonly [F in R['fields'][number]['name']]: number };

/** The numbers in a word. */
export function unpack<R extends Register>(register: R, word: number): FieldValues<R> {
  const entries = register.fields.map(({ name, low, width, signed = false }) => {
    const top = word << (wordBits - low - width);
    return [name, signed ? top >> (wordBits - width) : top >>> (wordBits - width)];
  });
  return Object.fromEntries(entries) as FieldValues<R>;
}

/**
 * The word that holds these numbers.
 * @throws RangeError for a number that is not whole or does not fit its field.
 */
export function pack<R extends Register>(register: R, values: FieldValues<R>): number {
  const given = values as Readonly<Record<string, number>>;
  let word = 0;
  for (const field of register.fields) {
    const value = given[field.name]!;
    const [least, most] = rangeOf(field);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`'${register.name}.${field.name}' takes ${least} to ${most}, not ${value}`);
    word |= (value << (wordBits - field.width)) >>> (wordBits - field.width - field.low);
  }
  return word >>> 0;
}

/** The least and the greatest number that a field holds. */
export function rangeOf({ width, signed = false }: Field): readonly [least: number, most: number] {
  return signed ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
}
