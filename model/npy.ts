/**
 * NumPy's .npy files: format versions 1.0, 2.0 and 3.0, little-endian, C or Fortran order.
 *
 * What is read is never trusted: the header is parsed by a small literal reader, and memory is taken only after
 * the file was found to hold exactly the bytes that its header promises.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileNotThere, fileUnreadable, npyTrailing, npyTruncated } from './diagnostics.ts';
import { type Dtype, decodeElements, dtypeBytes, encodeElements, type NpyData } from './npy-dtype.ts';
import { encodeNpyHeader, parseNpyHeader } from './npy-header.ts';
import { writeWhole } from './write-whole.ts';

/** An array of any shape; the last axis varies fastest in `data` (C order), whatever the file's order was. */
export type NpyArray<D extends Dtype = Dtype> = {
  [T in D]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: NpyData[T] };
}[D];

/**
 * Reads a .npy file of at most 2 GiB (a regular file or a pipe).
 *
 * @throws Diagnostic TCT-5001 to TCT-5010: not there, unreadable, not .npy, unknown version, malformed header,
 *   unsupported dtype, big-endian, truncated, trailing bytes, impossible shape
 */
export function readNpy(path: string): NpyArray {
  return decodeNpy(readBytes(path), path);
}

/**
 * All bytes of a file.
 *
 * @throws Diagnostic TCT-5001, TCT-5002
 */
export function readBytes(path: string): Uint8Array {
  try {
    const stat = statSync(path);
    // A device such as /dev/zero never ends.
    if (!stat.isFile() && !stat.isFIFO()) throw fileUnreadable(path, 'it is a directory or a device');
    return readFileSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw fileNotThere(path);
    if (String(error.code).startsWith('TCT-')) throw error;
    throw fileUnreadable(path, error.message, error);
  }
}

/**
 * The array in the bytes of a .npy file; `file` names it in messages.
 *
 * @throws Diagnostic TCT-5003 to TCT-5010
 */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const { dtype, fortranOrder, shape, length, dataOffset } = parseNpyHeader(bytes, file);
  const expected = length * dtypeBytes(dtype);
  const found = bytes.length - dataOffset;
  if (found < expected) throw npyTruncated(file, 'data', expected, found);
  if (found > expected) throw npyTrailing(file, dataOffset + expected, bytes.length);

  const data = decodeElements(dtype, bytes.subarray(dataOffset), length);
  if (fortranOrder) reorderFromFortran(data, shape);
  // The compiler cannot see that dtype and data belong together; decodeElements says so.
  return { dtype, shape, data } as NpyArray;
}

/** Reorders, in place, elements whose first axis varies fastest into C order. */
function reorderFromFortran(data: NpyData[Dtype], shape: readonly number[]): void {
  const from = data.slice();
  const index = shape.map(() => 0);
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  let source = 0;
  for (let target = 0; target < data.length; target++) {
    data[target] = from[source]!;
    // Count up like an odometer, last axis first.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      source += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

/**
 * The bytes of a .npy file (version 1.0, little-endian, C order).
 *
 * @throws RangeError where `shape` does not multiply to the number of elements
 */
export function encodeNpy(array: NpyArray): Uint8Array {
  const count = array.shape.reduce((product, size) => product * size, 1);
  if (count !== array.data.length) {
    throw new RangeError(`shape [${array.shape}] needs ${count} elements, data has ${array.data.length}`);
  }
  return Buffer.concat([encodeNpyHeader(array.dtype, array.shape), encodeElements(array.dtype, array.data)]);
}

/**
 * Writes a .npy file whole or not at all.
 *
 * @throws Diagnostic TCT-5018 where the file cannot be written
 */
export function writeNpy(path: string, array: NpyArray): void {
  writeWhole(path, [encodeNpy(array)]);
}
