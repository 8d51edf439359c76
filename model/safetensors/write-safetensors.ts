/**
 * safetensors files: the layout is told in read-safetensors.ts. The tensors stand in the order in which the package safetensors puts them: types with wide
 * elements first, then by name, so that each begins at a multiple of its element; the bytes are those that the package writes.
 */
import { elementsOf } from '../tensor.ts';
import { writeWhole } from '../write-whole.ts';
import { dtypeBits } from './dtypes.ts';

/** A tensor with its bytes, as `encodeFloats`, `encodeHfBitnet` and their like make them. */
export interface SafetensorsTensor {
  readonly name: string;
  /** Of its elements as the file has them: packed weights [out / 4, in] or [out, in / 8]. The last axis varies fastest. */
  readonly shape: readonly number[];
  readonly type: 'F32' | 'F16' | 'BF16' | 'U8' | 'I8';
  readonly data: Uint8Array;
}

export interface SafetensorsContent {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tensors: readonly SafetensorsTensor[];
}

/** The types from the widest on, those of one width in the package's order. */
const order: readonly SafetensorsTensor['type'][] = ['F32', 'BF16', 'F16', 'I8', 'U8'];

/**
 * Writes a safetensors file, whole or not at all.
 *
 * @throws RangeError as `encodeSafetensors`; Diagnostic TCT-5018 where the file cannot be written
 */
export function writeSafetensors(path: string, content: SafetensorsContent): void {
  writeWhole(path, encodeSafetensors(content));
}

/**
 * The bytes of a safetensors file, in parts: length and header, then each tensor.
 *
 * @throws RangeError where the bytes of a tensor are not those of its shape and type
 */
export function encodeSafetensors({ metadata, tensors }: SafetensorsContent): Uint8Array[] {
  const sorted = tensors.toSorted(
    (a, b) => order.indexOf(a.type) - order.indexOf(b.type) || byText(a.name, b.name),
  );
  const header: [string, object][] = metadata === undefined ? [] : [['__metadata__', metadata]];
  let at = 0;
  for (const { name, shape, type, data } of sorted) {
    const expected = (elementsOf(shape) * dtypeBits(type)!) / 8;
    if (data.length !== expected) {
      throw new RangeError(`'${name}' of shape [${shape}] has ${data.length} bytes; ${type} has ${expected}`);
    }
    header.push([name, { dtype: type, shape, data_offsets: [at, at + data.length] }]);
    at += data.length;
  }
  // Written pair by pair: in an object, names that are numbers would come first.
  const text = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const bytes = Buffer.from(text);
  const filled = Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(filled.length));
  return [length, filled, ...sorted.map(({ data }) => data)];
}

/** By code points, as bytes of UTF-8 are sorted. */
function byText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
