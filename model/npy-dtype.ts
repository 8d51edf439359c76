/**
 * The element types of .npy files, one row each: NumPy's name, its code in the header, its bytes, and how one
 * element is read and written. Files are little-endian whatever the machine is, hence a DataView.
 */

import { floatToHalf, halves } from './packed/half.ts';

/** The typed array that holds the elements of each dtype; `bool` is 0 or 1. */
export interface NpyData {
  readonly bool: Uint8Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
  readonly int16: Int16Array;
  readonly uint16: Uint16Array;
  readonly int32: Int32Array;
  readonly uint32: Uint32Array;
  readonly int64: BigInt64Array;
  readonly uint64: BigUint64Array;
  /** Half floats, as numbers: every one of them is a float32 too. */
  readonly float16: Float32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

export type Dtype = keyof NpyData;

interface Row<D extends Dtype> {
  /** Kind and bytes, as after the byte-order sign of a header's `descr`. */
  readonly code: string;
  readonly bytes: number;
  readonly make: (length: number) => NpyData[D];
  readonly get: (view: DataView, at: number) => NpyData[D][number];
  readonly set: (view: DataView, at: number, value: NpyData[D][number]) => void;
}

const rows: { readonly [D in Dtype]: Row<D> } = {
  bool: {
    code: 'b1',
    bytes: 1,
    make: n => new Uint8Array(n),
    get: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
    set: (view, at, value) => view.setUint8(at, value === 0 ? 0 : 1),
  },
  int8: {
    code: 'i1',
    bytes: 1,
    make: n => new Int8Array(n),
    get: (view, at) => view.getInt8(at),
    set: (view, at, value) => view.setInt8(at, value),
  },
  uint8: {
    code: 'u1',
    bytes: 1,
    make: n => new Uint8Array(n),
    get: (view, at) => view.getUint8(at),
    set: (view, at, value) => view.setUint8(at, value),
  },
  int16: {
    code: 'i2',
    bytes: 2,
    make: n => new Int16Array(n),
    get: (view, at) => view.getInt16(at, true),
    set: (view, at, value) => view.setInt16(at, value, true),
  },
  uint16: {
    code: 'u2',
    bytes: 2,
    make: n => new Uint16Array(n),
    get: (view, at) => view.getUint16(at, true),
    set: (view, at, value) => view.setUint16(at, value, true),
  },
  int32: {
    code: 'i4',
    bytes: 4,
    make: n => new Int32Array(n),
    get: (view, at) => view.getInt32(at, true),
    set: (view, at, value) => view.setInt32(at, value, true),
  },
  uint32: {
    code: 'u4',
    bytes: 4,
    make: n => new Uint32Array(n),
    get: (view, at) => view.getUint32(at, true),
    set: (view, at, value) => view.setUint32(at, value, true),
  },
  int64: {
    code: 'i8',
    bytes: 8,
    make: n => new BigInt64Array(n),
    get: (view, at) => view.getBigInt64(at, true),
    set: (view, at, value) => view.setBigInt64(at, value, true),
  },
  uint64: {
    code: 'u8',
    bytes: 8,
    make: n => new BigUint64Array(n),
    get: (view, at) => view.getBigUint64(at, true),
    set: (view, at, value) => view.setBigUint64(at, value, true),
  },
  float16: {
    code: 'f2',
    bytes: 2,
    make: n => new Float32Array(n),
    get: (view, at) => halves()[view.getUint16(at, true)]!,
    set: (view, at, value) => view.setUint16(at, floatToHalf(value), true),
  },
  float32: {
    code: 'f4',
    bytes: 4,
    make: n => new Float32Array(n),
    get: (view, at) => view.getFloat32(at, true),
    set: (view, at, value) => view.setFloat32(at, value, true),
  },
  float64: {
    code: 'f8',
    bytes: 8,
    make: n => new Float64Array(n),
    get: (view, at) => view.getFloat64(at, true),
    set: (view, at, value) => view.setFloat64(at, value, true),
  },
};

/** Every dtype that is read and written, by NumPy's name. */
export const dtypes: readonly Dtype[] = Object.keys(rows) as Dtype[];

/** Bytes of one element. */
export const dtypeBytes = (dtype: Dtype): number => rows[dtype].bytes;

/** The `descr` of a header: a byte-order sign ('|' where there is only one byte), kind and bytes. */
export const descrOf = (dtype: Dtype): string => (rows[dtype].bytes === 1 ? '|' : '<') + rows[dtype].code;

/** What a header's `descr` says: a dtype, a known dtype the wrong way round, or neither (`undefined`). */
export function dtypeOf(descr: string): Dtype | 'big-endian' | undefined {
  const code = descr.slice(1);
  const dtype = dtypes.find(name => rows[name].code === code);
  if (dtype === undefined || !'<>|'.includes(descr.charAt(0))) return undefined;
  if (rows[dtype].bytes === 1 || descr.startsWith('<')) return dtype;
  return descr.startsWith('>') ? 'big-endian' : undefined;
}

/** Reads `length` elements from the start of `bytes`, which must be long enough. */
export function decodeElements<D extends Dtype>(dtype: D, bytes: Uint8Array, length: number): NpyData[D] {
  const { make, get, bytes: step } = rows[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = make(length);
  for (let i = 0; i < length; i++) data[i] = get(view, i * step);
  return data;
}

/** The elements as little-endian bytes. */
export function encodeElements<D extends Dtype>(dtype: D, data: NpyData[D]): Uint8Array {
  const { set, bytes: step } = rows[dtype];
  const bytes = new Uint8Array(data.length * step);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) set(view, i * step, data[i]!);
  return bytes;
}
