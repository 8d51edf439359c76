/**
 * The types of metadata values in GGUF files, by their number:
 *
 *     0 uint8    1 int8    2 uint16    3 int16    4 uint32    5 int32    6 float32    7 bool (one byte, 0 or 1)
 *     8 string   a length of 64 bits, and as many bytes of UTF-8
 *     9 array    the number of the type of its elements, their count in 64 bits, the elements
 *     10 uint64  11 int64  12 float64
 */
import type { NumberList } from '../tensor.ts';

export type ScalarName =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'bool'
  | 'uint64'
  | 'int64'
  | 'float64';

/** A type of fixed size. */
export interface Scalar {
  readonly name: ScalarName;
  readonly bytes: number;
  /** A list of so many; those of a bool are 0 and 1. */
  readonly list: (length: number) => NumberList;
  readonly get: (view: DataView, at: number) => number | bigint;
  readonly set: (view: DataView, at: number, value: number | bigint) => void;
}

export const boolType = 7;
export const stringType = 8;
export const arrayType = 9;

/** The kinds of `DataView`'s methods. */
type SmallKind = 'Uint8' | 'Int8' | 'Uint16' | 'Int16' | 'Uint32' | 'Int32' | 'Float32' | 'Float64';
type LargeKind = 'BigUint64' | 'BigInt64';
type ListClass = (new (length: number) => NumberList) & { readonly BYTES_PER_ELEMENT: number };

function small(name: ScalarName, kind: SmallKind, List: ListClass): Scalar {
  return {
    name,
    bytes: List.BYTES_PER_ELEMENT,
    list: length => new List(length),
    get: (view, at) => view[`get${kind}`](at, true),
    set: (view, at, value) => view[`set${kind}`](at, Number(value), true),
  };
}

function large(name: ScalarName, kind: LargeKind, List: ListClass): Scalar {
  return {
    name,
    bytes: 8,
    list: length => new List(length),
    get: (view, at) => view[`get${kind}`](at, true),
    set: (view, at, value) => view[`set${kind}`](at, BigInt(value), true),
  };
}

/** The types of fixed size by their number. */
export const scalars: ReadonlyMap<number, Scalar> = new Map([
  [0, small('uint8', 'Uint8', Uint8Array)],
  [1, small('int8', 'Int8', Int8Array)],
  [2, small('uint16', 'Uint16', Uint16Array)],
  [3, small('int16', 'Int16', Int16Array)],
  [4, small('uint32', 'Uint32', Uint32Array)],
  [5, small('int32', 'Int32', Int32Array)],
  [6, small('float32', 'Float32', Float32Array)],
  [boolType, small('bool', 'Uint8', Uint8Array)],
  [10, large('uint64', 'BigUint64', BigUint64Array)],
  [11, large('int64', 'BigInt64', BigInt64Array)],
  [12, small('float64', 'Float64', Float64Array)],
]);
