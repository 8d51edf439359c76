/** Model files made by hand, right and wrong ones, for the tests of this folder. */
import { type ModelFile, memorySource, readModel } from '../../model/index.ts';

const number = (bytes: number, value: number | bigint): Buffer => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
  else buffer.writeUIntLE(Number(value), 0, bytes);
  return buffer;
};
export const u32 = (value: number): Buffer => number(4, value);
export const u64 = (value: number | bigint): Buffer => number(8, value);
export const text = (value: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([u64(bytes.length), bytes]);
};

/** A tensor of a GGUF file by hand; `sizes` has the fastest axis first. */
export interface HandTensor {
  readonly name?: string | Uint8Array;
  readonly sizes?: readonly (number | bigint)[];
  readonly type?: number;
  readonly begin?: number;
}

export interface HandGguf {
  readonly version?: number;
  readonly tensorCount?: number | bigint;
  readonly pairCount?: number | bigint;
  /** Keys with their values, the number of the type first. */
  readonly pairs?: readonly (readonly [key: string, value: Uint8Array])[];
  readonly tensors?: readonly HandTensor[];
  readonly data?: Uint8Array;
  readonly alignment?: number;
}

/** A GGUF file, as wrong as one likes. */
export function handGguf({
  version = 3,
  pairs = [],
  tensors = [],
  tensorCount = tensors.length,
  pairCount = pairs.length,
  data = new Uint8Array(0),
  alignment = 32,
}: HandGguf): Buffer {
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensorCount),
    u64(pairCount),
    ...pairs.flatMap(([key, value]) => [text(key), value]),
    ...tensors.flatMap(({ name = 'a', sizes = [4], type = 0, begin = 0 }) => [
      text(name as string),
      u32(sizes.length),
      ...sizes.map(u64),
      u32(type),
      u64(begin),
    ]),
  ]);
  const padding = Buffer.alloc((alignment - (header.length % alignment)) % alignment);
  return Buffer.concat([header, padding, data]);
}

/** A safetensors file of this header. */
export function handSafetensors(header: string | object, data: Uint8Array = new Uint8Array(0)): Buffer {
  const bytes = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return Buffer.concat([u64(bytes.length), bytes, data]);
}

/** A safetensors file of tensors that are there as bytes. */
export function filledSafetensors(
  tensors: Readonly<Record<string, readonly [dtype: string, shape: readonly number[], bytes: Uint8Array]>>,
): Buffer {
  let at = 0;
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, [dtype, shape, bytes]]) => {
      const offsets = [at, at + bytes.length];
      at += bytes.length;
      return [name, { dtype, shape, data_offsets: offsets }];
    }),
  );
  return handSafetensors(header, Buffer.concat(Object.values(tensors).map(([, , bytes]) => bytes)));
}

/** The model in some bytes. */
export function modelOf(bytes: Uint8Array, name = 'a.file'): ModelFile {
  return readModel(memorySource(name, bytes));
}
