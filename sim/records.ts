import type { Circuit, Interval, Port } from '../ir/index.ts';
import { unknownName, valueOutside } from './diagnostics.ts';
import { readWords, wordsOf, writeWords } from './words.ts';

/** Where the values of some ports lie within one record of 32-bit words. */
export interface RecordLayout {
  /** Words from one record to the next. */
  readonly stride: number;
  readonly fields: readonly RecordField[];
}

/** One port's place in a record. */
export interface RecordField {
  readonly name: string;
  readonly interval: Interval;
  /** The place of its lowest word. */
  readonly offset: number;
  /** 1, 2, 4, 6 …: see `words.ts`. */
  readonly words: number;
}

/** One slot after the other, in the order of the ports. */
export function recordLayout(circuit: Circuit, ports: readonly Port[]): RecordLayout {
  let stride = 0;
  const fields = ports.map(({ name, net }) => {
    const { interval } = circuit.nets[net]!;
    const words = wordsOf(interval);
    const field = { name, interval, offset: stride, words };
    stride += words;
    return field;
  });
  return { stride, fields };
}

/**
 * The values of a circuit's inputs, or of its outputs, over many cycles: one record per cycle.
 *
 * For speed, `words` may be read and written directly: the value of a port of one word in cycle c is
 * `words[c * layout.stride + field(port).offset]`. What is written so is not checked.
 */
export class Records {
  readonly layout: RecordLayout;
  readonly cycles: number;
  readonly words: Int32Array;
  readonly #fields: Map<string, RecordField>;

  constructor(layout: RecordLayout, cycles: number) {
    this.layout = layout;
    this.cycles = cycles;
    this.words = new Int32Array(layout.stride * cycles);
    this.#fields = new Map(layout.fields.map(field => [field.name, field]));
  }

  /** @throws Diagnostic TCT-3002 for a name that is not a port. */
  field(port: string): RecordField {
    const field = this.#fields.get(port);
    if (field === undefined) throw unknownName('signal', port, [...this.#fields.keys()]);
    return field;
  }

  get(port: string, cycle: number): bigint {
    const { offset, words } = this.field(port);
    return readWords(this.words, cycle * this.layout.stride + offset, words);
  }

  /** @throws Diagnostic TCT-3001 for a value outside the port's interval. */
  set(port: string, cycle: number, value: bigint | number): void {
    const { offset, words, interval } = this.field(port);
    writeWords(this.words, cycle * this.layout.stride + offset, words, checked(port, value, interval));
  }

  /** The values of one port, a cycle each. */
  column(port: string): bigint[] {
    return Array.from({ length: this.cycles }, (_, cycle) => this.get(port, cycle));
  }
}

/** The value as a bigint. @throws Diagnostic TCT-3001 where it is not a whole number of the interval. */
export function checked(port: string, value: bigint | number, interval: Interval): bigint {
  if (typeof value === 'number' && !Number.isInteger(value)) throw valueOutside(port, value, interval);
  const exact = BigInt(value);
  if (!interval.contains(exact)) throw valueOutside(port, value, interval);
  return exact;
}
