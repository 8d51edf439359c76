/*
 * What the files of an embedding are made from: a core as its manifest tells it, and as its vectors play it. Nothing here
 * knows how a core is built.
 */

/** A core for somebody else's design. */
export interface EmbeddedCore {
  /** Tells configurations apart: `ternary_64x1_int8`. */
  readonly name: string;
  readonly version: string;
  /** One line, without a full stop. */
  readonly description: string;
  /** The command that made it. */
  readonly madeBy: string;
  /** The top module. */
  readonly top: string;
  readonly ports: readonly EmbeddedPort[];
  /** Paths beside the files: Verilog without the testbench, and what the testbench reads. */
  readonly verilog: readonly string[];
  /** Verilog models of cells of the device that stand in `verilog`: for simulation, not for synthesis. */
  readonly models: readonly string[];
  readonly vectors: readonly string[];
  readonly interface: StreamInterface | WishboneInterface | LinkInterface;
}

/** A port of the top module. */
export interface EmbeddedPort {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly bits: number;
  /** A few words, without a full stop. */
  readonly meaning: string;
}

/** Beats go in and sums come out, with valid and ready. */
export interface StreamInterface {
  readonly kind: 'stream' | 'axi';
  readonly inputs: readonly PlayedStream[];
  readonly output: CheckedStream;
  /** Cycles that the vectors take at most while nobody pauses. */
  readonly mostCycles: number;
}

/** A stream that goes in. The name of a port is `prefix` and the name of its field: `in_` and `x`. */
export interface PlayedStream {
  /** Unique, and good for the name of a variable. */
  readonly name: string;
  readonly prefix: string;
  /** Beats in the vectors. */
  readonly count: number;
  /** Fields of one bit which share a file, whose highest bit is the first one. */
  readonly flags: readonly string[];
  readonly flagFile: string;
  readonly fields: readonly PlayedField[];
}

/** A field of a stream with the file that has its value for each beat. */
export interface PlayedField {
  readonly name: string;
  readonly bits: number;
  readonly file: string;
}

/** The stream that comes out: one field. */
export interface CheckedStream {
  readonly prefix: string;
  readonly count: number;
  readonly field: PlayedField;
}

/** Registers and memories on a Wishbone bus. */
export interface WishboneInterface {
  readonly kind: 'wishbone';
  /** Bits of an address of words. */
  readonly addressBits: number;
  /** The transfers of the vectors, see `transferKinds`. */
  readonly script: { readonly file: string; readonly count: number };
}

/**
 * A line of the script is `kind_address_data`, hexadecimal, 1, 5 and 8 digits:
 * - `write`: `data` is written;
 * - `read`: what is read is `data`;
 * - `wait`: it is read again until the bits of `data` are 0;
 * - `writeError`, `readError`, `partialError`: the transfer is answered with an error; the last one writes one byte.
 */
export const transferKinds = {
  write: 0,
  read: 1,
  wait: 2,
  writeError: 3,
  readError: 4,
  partialError: 5,
} as const;

/** What a script may do. */
export type TransferKind = keyof typeof transferKinds;

/** Frames over a UART or SPI. */
export interface LinkInterface {
  readonly kind: 'uart' | 'spi';
  /** Cycles of the core's clock in a bit on the wire; of SPI a whole and even number. */
  readonly cyclesPerBit: number;
  /** The bytes of the vectors, see `byteKinds`. */
  readonly script: { readonly file: string; readonly lines: number; readonly exchanges: number };
}

/**
 * A line of the script is `kind_data`, hexadecimal, 1 and 2 digits; an exchange is some lines of the first kind, some of the second, and
 * one of the last two:
 * - `send`: a byte that the host sends;
 * - `expect`: a byte of the answer, without the zeros around it; an exchange without any has no answer;
 * - `end`: the answer is compared;
 * - `again`: the same, but where it is another one the bytes are sent again.
 */
export const byteKinds = { send: 0, expect: 1, end: 2, again: 3 } as const;

/** What a line of such a script is. */
export type ByteKind = keyof typeof byteKinds;

/** `[511:0] `, or nothing for one bit. */
export function vectorRange(bits: number): string {
  return bits === 1 ? '' : `[${bits - 1}:0] `;
}
