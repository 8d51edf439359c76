import type { TritMatrix } from '../../model/index.ts';

/*
 * A product as its core takes it: beats on one or several valid/ready streams, and sums that come out of another one.
 * Whoever plays them, writes them to files or compares what comes out needs to know no more of a core than this.
 */

/** A bit of each beat that says what is special about it: `first`. */
export interface StreamFlag {
  readonly name: string;
  readonly isSet: (beat: number) => boolean;
}

/** A port of a stream: `x`. */
export interface StreamPort {
  readonly name: string;
  /** Elements, and bits of each. */
  readonly elements: number;
  readonly bits: number;
  /** What a beat of it is, for a file of vectors. */
  readonly what: string;
  /** The elements of a beat, element 0 first. */
  readonly values: (beat: number) => ArrayLike<number>;
}

/** A stream that goes into a core. Its ports are `in_valid`, `in_ready`, and `in_x` for the port `x`. */
export interface InputStream {
  readonly name: string;
  /** What the names of its ports begin with; without it the name and a `_`. */
  readonly prefix?: string;
  readonly count: number;
  readonly flags: readonly StreamFlag[];
  readonly ports: readonly StreamPort[];
}

/** The name of a port of a stream in Verilog. */
export function portName({ name, prefix = `${name}_` }: InputStream, field: string): string {
  return `${prefix}${field}`;
}

/** The stream that comes out of a core. */
export interface OutputStream {
  /** What the names of its ports begin with. */
  readonly prefix: string;
  /** The port with the sums. */
  readonly field: string;
  /** Ports that vectors do not hold. */
  readonly unused: readonly string[];
}

/** That of most cores. */
export const plainOutput: OutputStream = { prefix: 'out_', field: 'y', unused: [] };

/** A product as streams. */
export interface Beats {
  readonly streams: readonly InputStream[];
  /** Whether a beat of every stream moves in each cycle in which nobody pauses. */
  readonly isSteady: boolean;
  /** Cycles that it takes at most while nobody pauses. */
  readonly mostCycles: number;
  /** Sums that come out: a beat each. */
  readonly sums: number;
  /** Where row `row` of sum `sum` belongs in the results; undefined for a row of padding. */
  place(sum: number, row: number): { readonly vector: number; readonly column: number } | undefined;
  /**
   * What is to be added to column m of the results: the constant of its weights where the array has no initial value
   * that could hold it (`--init-bits 0`), otherwise 0.
   */
  readonly corrections: Int32Array;
  /** What a row of padding gives in sum `sum`. */
  padding(sum: number): number;
}

/** The rows of a matrix in groups, the last one filled up with padding. */
export interface RowGroups {
  readonly groups: number;
  /** The codes of one beat: of all rows of a group, for a step of lanes. */
  codes(group: number, step: number): Int32Array;
  /** The initial value of each row of a group. */
  init(group: number): Int32Array;
  readonly corrections: Int32Array;
}

/** How rows become codes. */
export interface RowCoding {
  /** Rows side by side. */
  readonly rows: number;
  readonly initBits: number;
  /** The weight of padding. */
  readonly padding: number;
  /** Codes of one row in one beat. */
  readonly perRow: number;
  readonly encode: (
    weights: readonly number[],
    row: number,
  ) => { readonly codes: readonly (readonly number[])[]; readonly constant: number };
  /** @throws Diagnostic where no initial value holds the constant of a row. */
  readonly requireInit: (row: number, constant: number) => void;
}

/** Encodes a matrix. */
export function rowGroups({ rows: m, columns: k, data }: TritMatrix, coding: RowCoding): RowGroups {
  const { rows, initBits, padding, perRow, encode, requireInit } = coding;
  const groups = Math.ceil(m / rows);
  const encoded = Array.from({ length: groups * rows }, (_, row) => {
    const own = row < m ? data.subarray(row * k, (row + 1) * k) : new Int8Array(k).fill(padding);
    return encode(Array.from(own), row);
  });
  const steps = encoded[0]!.codes.length;
  const codes = new Int32Array(groups * steps * rows * perRow);
  const init = new Int32Array(groups * rows);
  const corrections = new Int32Array(m);
  for (const [row, { codes: beats, constant }] of encoded.entries()) {
    const group = Math.floor(row / rows);
    for (const [step, beat] of beats.entries())
      codes.set(beat, ((group * steps + step) * rows + (row % rows)) * perRow);
    if (initBits === 0 && row < m) corrections[row] = constant;
    else if (initBits > 0) {
      requireInit(row, constant);
      init[row] = constant;
    }
  }
  return {
    groups,
    codes: (group, step) => part(codes, group * steps + step, rows * perRow),
    init: group => part(init, group, rows),
    corrections,
  };
}

/** Where the sums of a product belong: vector after vector, group after group. */
export function placeOf(m: number, rows: number): Beats['place'] {
  const groups = Math.ceil(m / rows);
  return (sum, row) => {
    const column = (sum % groups) * rows + row;
    return column < m ? { vector: Math.floor(sum / groups), column } : undefined;
  };
}

/** Part `index` of data that are parts of `size` elements. */
export function part(data: Int32Array, index: number, size: number): Int32Array {
  return data.subarray(index * size, (index + 1) * size);
}
