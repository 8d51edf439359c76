import { brief } from '../brief.ts';
import type { ByteSource } from '../byte-source.ts';
import { type Metadata, type MetadataValue, mostEntries } from '../tensor.ts';
import { Cursor, textOf, type What } from './cursor.ts';
import { arrayType, boolType, scalars, stringType } from './value-types.ts';

/*
 * The key-value pairs of a GGUF file: a key, the type of its value, the value; value-types.ts has the types. A vocabulary of 128,000 texts
 * is usual. So values are passed over, and only where they are is kept.
 */

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
    const key = cursor.text(() => `metadata key ${i}`, mostKeyBytes);
    if (places.has(key)) throw fail(`the metadata key '${brief(key)}' is there twice`);
    const what = (): string => `the metadata value '${brief(key)}'`;
    const type = cursor.u32(what);
    const offset = cursor.offset;
    skipValue(cursor, type, what, 0, fail);
    places.set(key, { type, offset, bytes: cursor.offset - offset });
  }
  const valueAt = ({ type, offset }: Place, what: What): MetadataValue =>
    readValue(new Cursor(source, offset, fail), type, what, source, fail);
  return {
    keys: [...places.keys()],
    typeOf(key) {
      const place = places.get(key);
      return place && typeName(new Cursor(source, place.offset, fail), place.type);
    },
    get(key) {
      const place = places.get(key);
      return place && valueAt(place, () => `the metadata value '${brief(key)}'`);
    },
  };
}

function skipValue(
  cursor: Cursor,
  type: number,
  what: What,
  depth: number,
  fail: (problem: string) => Error,
): void {
  const scalar = scalars.get(type);
  if (scalar !== undefined) cursor.skip(scalar.bytes, what);
  else if (type === stringType) cursor.skip(cursor.u64(what), what);
  else if (type === arrayType) skipList(cursor, what, depth, fail);
  else throw fail(`${what()} has the unknown type ${type}; there are 0 to 12`);
}

function skipList(cursor: Cursor, what: What, depth: number, fail: (problem: string) => Error): void {
  if (depth === mostDepth) throw fail(`${what()} has lists in lists, more than ${mostDepth} deep`);
  const inner = cursor.u32(what);
  const count = cursor.u64(what);
  const element = scalars.get(inner);
  if (element !== undefined) {
    cursor.skip(count * element.bytes, what);
    return;
  }
  // A text and a list take 8 bytes at least, so this ends even where the count is nonsense.
  if (count * 8 > cursor.left) throw fail(`${what()} claims ${count} elements and goes beyond its end`);
  if (inner === stringType) cursor.skipTexts(count, what);
  else for (let i = 0; i < count; i++) skipValue(cursor, inner, what, depth + 1, fail);
}

function readValue(
  cursor: Cursor,
  type: number,
  what: What,
  source: ByteSource,
  fail: (problem: string) => Error,
): MetadataValue {
  const scalar = scalars.get(type);
  if (scalar !== undefined) {
    const value = scalar.get(viewOf(source.read(cursor.offset, scalar.bytes)), 0);
    cursor.skip(scalar.bytes, what);
    return type === boolType ? value !== 0 : value;
  }
  if (type === stringType) {
    const length = cursor.u64(what);
    const begin = cursor.offset;
    cursor.skip(length, what);
    return textOf(source.read(begin, length), () => fail(`${what()} is no UTF-8 text`));
  }
  const inner = cursor.u32(what);
  const count = cursor.u64(what);
  const element = scalars.get(inner);
  if (element === undefined) {
    const values: MetadataValue[] = [];
    for (let i = 0; i < count; i++) values.push(readValue(cursor, inner, what, source, fail));
    return values;
  }
  const view = viewOf(source.read(cursor.offset, count * element.bytes));
  cursor.skip(count * element.bytes, what);
  const list = element.list(count);
  for (let i = 0; i < count; i++) list[i] = element.get(view, i * element.bytes);
  return inner === boolType ? Array.from(list as Uint8Array, each => each !== 0) : list;
}

function typeName(cursor: Cursor, type: number): string {
  const name = scalars.get(type)?.name;
  if (name !== undefined) return name;
  if (type === stringType) return 'string';
  const inner = cursor.u32(() => 'a type');
  const count = cursor.u64(() => 'a count');
  return `${inner === arrayType ? 'array' : (scalars.get(inner)?.name ?? 'string')}[${count}]`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
