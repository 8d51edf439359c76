/**
 * GGUF files, version 3: the layout is told in read-gguf.ts.
 */
import { elementsOf } from '../tensor.ts';
import { writeWhole } from '../write-whole.ts';
import { defaultAlignment, ggufMagic } from './read-gguf.ts';
import { ggufId, ggufType } from './types.ts';
import { arrayType, type ScalarName, scalars, stringType } from './value-types.ts';

/** A pair of the metadata. A list is an array of the type. */
export type GgufPair =
  | { readonly key: string; readonly type: 'string'; readonly value: string | readonly string[] }
  | {
      readonly key: string;
      readonly type: ScalarName;
      readonly value: GgufScalar | readonly GgufScalar[];
    };

export type GgufScalar = number | bigint | boolean;

/** A tensor with its bytes, as `encodeTq2`, `encodeFloats` and their like make them. */
export interface GgufTensor {
  readonly name: string;
  /** The last axis varies fastest. */
  readonly shape: readonly number[];
  readonly type: 'F32' | 'F16' | 'BF16' | 'TQ1_0' | 'TQ2_0';
  readonly data: Uint8Array;
}

export interface GgufContent {
  /** `general.architecture` is what most programs look for. */
  readonly metadata?: readonly GgufPair[];
  readonly tensors: readonly GgufTensor[];
}

/**
 * Writes a GGUF file, whole or not at all.
 *
 * @throws RangeError as `encodeGguf`; Diagnostic TCT-5018 where the file cannot be written
 */
export function writeGguf(path: string, content: GgufContent): void {
  writeWhole(path, encodeGguf(content));
}

/**
 * The bytes of a GGUF file, in parts: the header, then each tensor with what fills it up to a multiple of 32.
 *
 * @throws RangeError where the bytes of a tensor are not those of its shape and type
 */
export function encodeGguf({ metadata = [], tensors }: GgufContent): Uint8Array[] {
  let begin = 0;
  const described = tensors.map(tensor => {
    checkBytes(tensor);
    const parts = [
      text(tensor.name),
      numbers('uint32', [tensor.shape.length]),
      numbers('uint64', tensor.shape.toReversed()),
      numbers('uint32', [ggufId(tensor.type)]),
      numbers('uint64', [begin]),
    ];
    begin += padded(tensor.data.length);
    return Buffer.concat(parts);
  });
  const header = Buffer.concat([
    Uint8Array.from(ggufMagic),
    numbers('uint32', [3]),
    numbers('uint64', [tensors.length, metadata.length]),
    ...metadata.flatMap(pair => [text(pair.key), bytesOfValue(pair)]),
    ...described,
  ]);
  return [header, ...tensors.map(({ data }) => data)].flatMap(part => [
    part,
    new Uint8Array(padded(part.length) - part.length),
  ]);
}

function checkBytes({ name, shape, type, data }: GgufTensor): void {
  const { block, bytes } = ggufType(ggufId(type));
  const row = shape.at(-1) ?? 1;
  const expected = (elementsOf(shape) / block) * bytes!;
  if (row % block !== 0 || data.length !== expected) {
    throw new RangeError(`'${name}' of shape [${shape}] has ${data.length} bytes; ${type} has ${expected}`);
  }
}

function bytesOfValue({ type, value }: GgufPair): Uint8Array {
  const id = type === 'string' ? stringType : idOf(type);
  const encode = (values: readonly (string | GgufScalar)[]): Uint8Array =>
    type === 'string'
      ? Buffer.concat(values.map(each => text(each as string)))
      : numbers(type, values as GgufScalar[]);
  return Array.isArray(value)
    ? Buffer.concat([numbers('uint32', [arrayType, id]), numbers('uint64', [value.length]), encode(value)])
    : Buffer.concat([numbers('uint32', [id]), encode([value as string | GgufScalar])]);
}

function idOf(type: ScalarName): number {
  return [...scalars].find(([, { name }]) => name === type)![0];
}

function numbers(type: ScalarName, values: readonly GgufScalar[]): Uint8Array {
  const { bytes, set } = scalars.get(idOf(type))!;
  const array = new Uint8Array(bytes * values.length);
  const view = new DataView(array.buffer);
  for (const [i, value] of values.entries())
    set(view, i * bytes, typeof value === 'boolean' ? Number(value) : value);
  return array;
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([numbers('uint64', [bytes.length]), bytes]);
}

function padded(length: number): number {
  return Math.ceil(length / defaultAlignment) * defaultAlignment;
}
