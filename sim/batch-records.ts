import { badStream, unknownName } from './diagnostics.ts';
import { fillPlanes, readPlanes, streams, writePlanes } from './planes.ts';
import { checked, type RecordField, type RecordLayout } from './records.ts';

/**
 * The values of a circuit's inputs, or of its outputs, over many cycles in 128 streams: one record per cycle.
 *
 * For speed `bytes` may be read and written directly: bit k of a port in cycle c is the plane of 16 bytes that begins
 * at `c * layout.stride + field(port).offset + 16 * k`, with a bit for each stream, the lowest first.
 */
export class BatchRecords {
  readonly layout: RecordLayout;
  readonly cycles: number;
  readonly bytes: Uint8Array;
  readonly #fields: Map<string, RecordField>;

  /** @param allocate gives the bytes, all 0. */
  constructor(
    layout: RecordLayout,
    cycles: number,
    allocate: (size: number) => Uint8Array = size => new Uint8Array(size),
  ) {
    this.layout = layout;
    this.cycles = cycles;
    this.bytes = allocate(layout.stride * cycles);
    this.#fields = new Map(layout.fields.map(field => [field.name, field]));
  }

  /** @throws Diagnostic TCT-3002 for a name that is not a port. */
  field(port: string): RecordField {
    const field = this.#fields.get(port);
    if (field === undefined) throw unknownName('signal', port, [...this.#fields.keys()]);
    return field;
  }

  /** @param stream from 0 to 127. */
  get(port: string, cycle: number, stream: number): bigint {
    const field = this.field(port);
    return readPlanes(this.bytes, cycle * this.layout.stride + field.offset, field, inBatch(stream));
  }

  /** @throws Diagnostic TCT-3001 for a value outside the port's interval. */
  set(port: string, cycle: number, stream: number, value: bigint | number): void {
    const field = this.field(port);
    const exact = checked(port, value, field.interval);
    writePlanes(this.bytes, cycle * this.layout.stride + field.offset, field, inBatch(stream), exact);
  }

  /** Gives all streams the same value in one cycle. */
  setAll(port: string, cycle: number, value: bigint | number): void {
    const field = this.field(port);
    const exact = checked(port, value, field.interval);
    fillPlanes(this.bytes, cycle * this.layout.stride + field.offset, field, exact);
  }

  /** The values of one port in one stream, a cycle each. */
  column(port: string, stream: number): bigint[] {
    return Array.from({ length: this.cycles }, (_, cycle) => this.get(port, cycle, stream));
  }
}

function inBatch(stream: number): number {
  if (!Number.isInteger(stream) || stream < 0 || stream >= streams) throw badStream(stream, streams);
  return stream;
}
