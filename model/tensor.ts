import type { ByteSource } from './byte-source.ts';

/** Which format a model file has. */
export type ModelFormat = 'gguf' | 'safetensors' | 'npy';

/** A tensor as the header of a file tells it. Its numbers are read when they are asked for. */
export interface TensorEntry {
  readonly name: string;
  /** Sizes of its axes; the last one varies fastest, as in NumPy and PyTorch. Empty for a single number. */
  readonly shape: readonly number[];
  /** What the format calls the type of its elements: F32, TQ2_0, U8, int8. */
  readonly type: string;
  /** Where its bytes begin in the file, and how many there are. */
  readonly offset: number;
  readonly bytes: number;
  /** Why its numbers cannot be read, where that is so. */
  readonly refusal?: string;
}

/** A value of the metadata. A list of numbers keeps the type that it has in the file. */
export type MetadataValue =
  | string
  | number
  | bigint
  | boolean
  | readonly string[]
  | readonly boolean[]
  | readonly MetadataValue[]
  | NumberList;

/** Numbers of one type. */
export type NumberList =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigUint64Array
  | BigInt64Array;

/** What a file tells about itself. Only where the values are is kept: a value is read when it is asked for. */
export interface Metadata {
  readonly keys: readonly string[];
  /** The type that the file gives the value: `uint32`, `string`, `string[128256]`. */
  typeOf(key: string): string | undefined;
  get(key: string): MetadataValue | undefined;
}

/** A model file whose header has been read. */
export interface ModelFile {
  readonly format: ModelFormat;
  /** The version of the format, where it has one. */
  readonly version?: number;
  readonly source: ByteSource;
  readonly metadata: Metadata;
  /** In the order of the header. */
  readonly tensors: readonly TensorEntry[];
}

const byName = new WeakMap<ModelFile, ReadonlyMap<string, TensorEntry>>();

/** The tensor of a name, if there is one. Files have tens of thousands, so where each is is worked out once. */
export function findTensor(file: ModelFile, name: string): TensorEntry | undefined {
  let known = byName.get(file);
  if (known === undefined) {
    known = new Map(file.tensors.map(tensor => [tensor.name, tensor]));
    byName.set(file, known);
  }
  return known.get(name);
}

/** Of a file that tells nothing about itself. */
export const noMetadata: Metadata = { keys: [], typeOf: () => undefined, get: () => undefined };

/**
 * How many tensors and how many keys a header may have. The largest models have some ten thousand in a file; a damaged count
 * must not take memory.
 */
export const mostEntries = 32_768;

/** Elements of a shape; more than 2^53 are not exact, and so large that nobody asks for the exact number. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
