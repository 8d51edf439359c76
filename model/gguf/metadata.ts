import { brief } from '../brief.ts';
import type { ByteSource } from '../byte-source.ts';
import { type Metadata, type MetadataValue, mostEntries, type NumberList } from '../tensor.ts';
import { Cursor, textOf } from './cursor.ts';

/*
 * The key-value pairs of a GGUF file. A value is the number of its type, then its bytes:
 *
 *     0 uint8    1 int8    2 uint16    3 int16    4 uint32    5 int32    6 float32    7 bool (one byte, 0 or 1)
 *     8 string   a length of 64 bits, and as many bytes of UTF-8
 *     9 array    the number of the type of its elements, their count in 64 bits, the elements
 *     10 uint64  11 int64  12 float64
 *
 * A vocabulary of 128,000 texts is usual. So values are passed over, and only where they are is kept.
 */

interface Scalar {
  readonly name: string;
  readonly bytes: number;
  /** A list of numbers, whose elements are written in the order of the machine by `set`. */
  readonly list: (length: number) => NumberList;
  readonly get: (view: DataView, at: number) => number | bigint;
}

const scalars: Readonly<Record<number, Scalar>> = {
  0: { name: 'uint8', bytes: 1, list: n => new Uint8Array(n), get: (v, at) => v.getUint8(at) },
  1: { name: 'int8', bytes: 1, list: n => new Int8Array(n), get: (v, at) => v.getInt8(at) },
  2: { name: 'uint16', bytes: 2, list: n => new Uint16Array(n), get: (v, at) => v.getUint16(at, true) },
  3: { name: 'int16', bytes: 2, list: n => new Int16Array(n), get: (v, at) => v.getInt16(at, true) },
  4: { name: 'uint32', bytes: 4, list: n => new Uint32Array(n), get: (v, at) => v.getUint32(at, true) },
  5: { name: 'int32', bytes: 4, list: n => new Int32Array(n), get: (v, at) => v.getInt32(at, true) },
  6: { name: 'float32', bytes: 4, list: n => new Float32Array(n), get: (v, at) => v.getFloat32(at, true) },
  7: { name: 'bool', bytes: 1, list: n => new Uint8Array(n), get: (v, at) => v.getUint8(at) },
  10: {
    name: 'uint64',
    bytes: 8,
    list: n => new BigUint64Array(n),
    get: (v, at) => v.getBigUint64(at, true),
  },
  11: { name: 'int64', bytes: 8, list: n => new BigInt64Array(n), get: (v, at) => v.getBigInt64(at, true) },
  12: { name: 'float64', bytes: 8, list: n => new Float64Array(n), get: (v, at) => v.getFloat64(at, true) },
};
const bool = 7;
const string = 8;
const array = 9;

/** Lists in lists; real files have none. */
const mostDepth = 4;
/** The specification allows 65,535 bytes. */
const mostKeyBytes = 65_535;

/** Where a value is: its type's number, and the range of its bytes. */
interface Place {
  readonly type: number;
  readonly offset: number;
  readonly bytes: number;
}

/** The pairs from the cursor on, behind which it then is. */
export function readMetadata(
  cursor: Cursor,
  count: number,
  source: ByteSource,
  fail: (problem: string) => Error,
): Metadata {
  if (count > mostEntries) throw fail(`it claims ${count} metadata keys; ${mostEntries} are the most`);
  const places = new Map<string, Place>();
  for (let i = 0; i < count; i++) {
    const key = cursor.text(`metadata key ${i}`, mostKeyBytes);
    if (places.has(key)) throw fail(`the metadata key '${brief(key)}' is there twice`);
    const what = `the metadata value '${brief(key)}'`;
    const type = cursor.u32(what);
    const offset = cursor.offset;
    skipValue(cursor, type, what, 0, fail);
    places.set(key, { type, offset, bytes: cursor.offset - offset });
  }
  const valueAt = ({ type, offset }: Place, what: string): MetadataValue =>
    readValue(new Cursor(source, offset, fail), type, what, source, fail);
  return {
    keys: [...places.keys()],
    typeOf(key) {
      const place = places.get(key);
      return place && typeName(new Cursor(source, place.offset, fail), place.type);
    },
    get(key) {
      const place = places.get(key);
      return place && valueAt(place, `the metadata value '${brief(key)}'`);
    },
  };
}

function skipValue(
  cursor: Cursor,
  type: number,
  what: string,
  depth: number,
  fail: (problem: string) => Error,
): void {
  const scalar = scalars[type];
  if (scalar !== undefined) cursor.skip(scalar.bytes, what);
  else if (type === string) cursor.skip(cursor.u64(what), what);
  else if (type === array) skipList(cursor, what, depth, fail);
  else throw fail(`${what} has the unknown type ${type}; there are 0 to 12`);
}

function skipList(cursor: Cursor, what: string, depth: number, fail: (problem: string) => Error): void {
  if (depth === mostDepth) throw fail(`${what} has lists in lists, more than ${mostDepth} deep`);
  const inner = cursor.u32(what);
  const count = cursor.u64(what);
  const element = scalars[inner];
  if (element !== undefined) {
    cursor.skip(count * element.bytes, what);
    return;
  }
  // A text and a list take 8 bytes at least, so this ends even where the count is nonsense.
  if (count * 8 > cursor.left) throw fail(`${what} claims ${count} elements and goes beyond its end`);
  for (let i = 0; i < count; i++) skipValue(cursor, inner, what, depth + 1, fail);
}

function readValue(
  cursor: Cursor,
  type: number,
  what: string,
  source: ByteSource,
  fail: (problem: string) => Error,
): MetadataValue {
  const scalar = scalars[type];
  if (scalar !== undefined) {
    const value = scalar.get(viewOf(source.read(cursor.offset, scalar.bytes)), 0);
    cursor.skip(scalar.bytes, what);
    return type === bool ? value !== 0 : value;
  }
  if (type === string) {
    const length = cursor.u64(what);
    const begin = cursor.offset;
    cursor.skip(length, what);
    return textOf(source.read(begin, length), () => fail(`${what} is no UTF-8 text`));
  }
  const inner = cursor.u32(what);
  const count = cursor.u64(what);
  const element = scalars[inner];
  if (element === undefined) {
    const values: MetadataValue[] = [];
    for (let i = 0; i < count; i++) values.push(readValue(cursor, inner, what, source, fail));
    return values;
  }
  const view = viewOf(source.read(cursor.offset, count * element.bytes));
  cursor.skip(count * element.bytes, what);
  const list = element.list(count);
  for (let i = 0; i < count; i++) list[i] = element.get(view, i * element.bytes);
  return inner === bool ? Array.from(list as Uint8Array, each => each !== 0) : list;
}

function typeName(cursor: Cursor, type: number): string {
  const name = scalars[type]?.name;
  if (name !== undefined) return name;
  if (type === string) return 'string';
  const inner = cursor.u32('a type');
  const count = cursor.u64('a count');
  return `${inner === array ? 'array' : (scalars[inner]?.name ?? 'string')}[${count}]`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
