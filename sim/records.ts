import type { Circuit, Interval, Port } from '../ir/index.ts';
import { unknownName, valueOutside } from './diagnostics.ts';
import { type Format, formatOf, readNumber, readValue, writeNumber, writeValue } from './storage.ts';

/** Where the values of some ports lie within one record. */
export interface RecordLayout {
  /** Bytes from one record to the next, a multiple of 8. */
  readonly stride: number;
  /** One for each port, in the order of the ports, which need not be that of the places. */
  readonly fields: readonly RecordField[];
}

/** One port's place in a record. */
export interface RecordField extends Format {
  readonly name: string;
  readonly interval: Interval;
  /** In bytes, from the record's begin. */
  readonly offset: number;
}

export interface RecordLayoutOptions {
  /** The ports (by their place in the list) in the order of their places in the record. */
  readonly order?: readonly number[];
  /** How a value of an interval is kept. */
  readonly format?: (interval: Interval) => Format;
}

/** The ports of a circuit in records: see `layoutOf`. */
export function recordLayout(
  circuit: Circuit,
  ports: readonly Port[],
  options?: RecordLayoutOptions,
): RecordLayout {
  return layoutOf(
    ports.map(({ name, net }) => ({ name, interval: circuit.nets[net]!.interval })),
    options,
  );
}

/** Each port at a multiple of its size. */
export function layoutOf(
  ports: readonly { readonly name: string; readonly interval: Interval }[],
  { order = ports.map((_, i) => i), format = formatOf }: RecordLayoutOptions = {},
): RecordLayout {
  let end = 0;
  const fields: RecordField[] = [];
  for (const i of order) {
    const { name, interval } = ports[i]!;
    const kept = format(interval);
    const size = Math.min(8, kept.bytes);
    const offset = size * Math.ceil(end / size);
    fields[i] = { name, interval, ...kept, offset };
    end = offset + kept.bytes;
  }
  return { stride: 8 * Math.ceil(end / 8), fields };
}

/** The values of a circuit's inputs, or of its outputs, over many cycles: one record per cycle. */
export class Records {
  readonly layout: RecordLayout;
  readonly cycles: number;
  /** All records, one after the other. */
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fields: Map<string, RecordField>;

  constructor(layout: RecordLayout, cycles: number) {
    this.layout = layout;
    this.cycles = cycles;
    this.bytes = new Uint8Array(layout.stride * cycles);
    this.#view = new DataView(this.bytes.buffer);
    this.#fields = new Map(layout.fields.map(field => [field.name, field]));
  }

  /** @throws Diagnostic TCT-3002 for a name that is not a port. */
  field(port: string): RecordField {
    const field = this.#fields.get(port);
    if (field === undefined) throw unknownName('signal', port, [...this.#fields.keys()]);
    return field;
  }

  get(port: string, cycle: number): bigint {
    return this.value(this.field(port), cycle);
  }

  /** @throws Diagnostic TCT-3001 for a value outside the port's interval. */
  set(port: string, cycle: number, value: bigint | number): void {
    const field = this.field(port);
    this.setValue(field, cycle, checked(port, value, field.interval));
  }

  /** The value of a field of this layout. */
  value(field: RecordField, cycle: number): bigint {
    return readValue(this.#view, cycle * this.layout.stride + field.offset, field);
  }

  /** Puts a value of the field's interval, which is not checked. */
  setValue(field: RecordField, cycle: number, value: bigint): void {
    writeValue(this.#view, cycle * this.layout.stride + field.offset, field, value);
  }

  /** `value` as a number, exact up to 2^53. With `setNumber` the fast way for ports that are not wide. */
  number(field: RecordField, cycle: number): number {
    return readNumber(this.#view, cycle * this.layout.stride + field.offset, field);
  }

  /** Puts a whole number of the field's interval, which is not checked. */
  setNumber(field: RecordField, cycle: number, value: number): void {
    writeNumber(this.#view, cycle * this.layout.stride + field.offset, field.bytes, value);
  }

  /** The values of one port, a cycle each. */
  column(port: string): bigint[] {
    const field = this.field(port);
    return Array.from({ length: this.cycles }, (_, cycle) => this.value(field, cycle));
  }

  /** The records of some cycles: `begin` up to, but not with, `end`. */
  part(begin: number, end: number): Records {
    const { stride } = this.layout;
    const records = new Records(this.layout, end - begin);
    records.bytes.set(this.bytes.subarray(begin * stride, end * stride));
    return records;
  }

  /** Puts records of the same layout in the places of the cycles from `begin` on. */
  put(part: Records, begin: number): void {
    this.bytes.set(part.bytes, begin * this.layout.stride);
  }

  /** The same values in another layout of the same ports; these records themselves if it is their own. */
  inLayout(layout: RecordLayout): Records {
    if (isSame(layout, this.layout)) return this;
    const records = new Records(layout, this.cycles);
    records.copy(this);
    return records;
  }

  /** Takes the values of records of the same ports, whatever their layout. */
  copy(from: Records): void {
    for (const field of this.layout.fields) {
      const source = from.field(field.name);
      for (let cycle = 0; cycle < this.cycles; cycle++) {
        const begin = cycle * from.layout.stride + source.offset;
        const to = cycle * this.layout.stride + field.offset;
        for (let i = 0; i < field.bytes; i++) this.bytes[to + i] = from.bytes[begin + i]!;
      }
    }
  }
}

function isSame(a: RecordLayout, b: RecordLayout): boolean {
  if (a === b) return true;
  return (
    a.stride === b.stride &&
    a.fields.every(({ name, offset }, i) => {
      const other = b.fields[i];
      return other?.offset === offset && other.name === name;
    })
  );
}

/** The value as a bigint. @throws Diagnostic TCT-3001 where it is not a whole number of the interval. */
export function checked(port: string, value: bigint | number, interval: Interval): bigint {
  if (typeof value === 'number' && !Number.isInteger(value)) throw valueOutside(port, value, interval);
  const exact = BigInt(value);
  if (!interval.contains(exact)) throw valueOutside(port, value, interval);
  return exact;
}
