/**
 * GGUF, the format of llama.cpp and of microsoft/BitNet, versions 2 and 3. All numbers are little-endian.
 *
 *     4 bytes    the letters GGUF
 *     u32        the version
 *     u64, u64   how many tensors and how many metadata pairs there are
 *     pairs      a key (u64 length, UTF-8), the type of its value (u32), the value: see metadata.ts
 *     tensors    the name (u64 length, UTF-8), the number of its axes (u32), their sizes (u64 each, the fastest first), the type
 *                (u32: see types.ts), where its data begin (u64, from the beginning of all data)
 *     padding    to a multiple of the metadata value general.alignment (32 where it is not there): here the data begin
 *     data       each tensor at a multiple of the alignment
 *
 * Only the header is read. It is not trusted: every count and length is held against what the file has left, and tensors must
 * lie within the file, one behind the other, with nothing shared.
 */
import { brief } from '../brief.ts';
import type { ByteSource } from '../byte-source.ts';
import { elementsOf, type Metadata, type ModelFile, mostEntries } from '../tensor.ts';
import { Cursor } from './cursor.ts';
import { ggufMalformed, ggufVersionUnknown } from './diagnostics.ts';
import { readMetadata } from './metadata.ts';
import { placeTensors, type ToldTensor } from './place-tensors.ts';

/** The first four bytes. */
export const ggufMagic: readonly number[] = [0x47, 0x47, 0x55, 0x46];
/** As GGUF prescribes. */
const mostAxes = 4;
/** llama.cpp keeps 63 bytes; other programs write more. */
const mostNameBytes = 1024;
export const defaultAlignment = 32;

/**
 * Reads the header of a GGUF file.
 *
 * @throws Diagnostic TCT-5202 another version, or big-endian; TCT-5203 a malformed header
 */
export function readGguf(source: ByteSource): ModelFile {
  const fail = (problem: string): Error => ggufMalformed(source.name, problem);
  const cursor = new Cursor(source, ggufMagic.length, fail);
  const version = cursor.u32(() => 'the version');
  if (version !== 2 && version !== 3) throw ggufVersionUnknown(source.name, version);
  const tensorCount = cursor.u64(() => 'the number of tensors');
  const pairCount = cursor.u64(() => 'the number of metadata keys');
  if (tensorCount > mostEntries) throw fail(`it claims ${tensorCount} tensors; ${mostEntries} are the most`);
  const metadata = readMetadata(cursor, pairCount, source, fail);
  const told = Array.from({ length: tensorCount }, (_, i) => readTensor(cursor, i, fail));
  const names = new Set(told.map(({ name }) => name));
  if (names.size < told.length) throw fail('two of its tensors have the same name');

  const alignment = alignmentOf(metadata, fail);
  const dataBegin = Math.ceil(cursor.offset / alignment) * alignment;
  return {
    format: 'gguf',
    version,
    source,
    metadata,
    tensors: placeTensors(told, { begin: dataBegin, end: source.size, alignment }, fail),
  };
}

function readTensor(cursor: Cursor, number: number, fail: (problem: string) => Error): ToldTensor {
  const name = cursor.text(() => `the name of tensor ${number}`, mostNameBytes);
  const what = (): string => `the tensor '${brief(name)}'`;
  const axes = cursor.u32(what);
  if (axes > mostAxes) throw fail(`${what()} has ${axes} axes; ${mostAxes} are the most`);
  const sizes = Array.from({ length: axes }, () => cursor.u64(what));
  const id = cursor.u32(what);
  const begin = cursor.u64(what);
  if (elementsOf(sizes) > Number.MAX_SAFE_INTEGER || sizes.some(size => size > Number.MAX_SAFE_INTEGER)) {
    throw fail(`${what()} claims the impossible shape ${sizes.join(' x ')}`);
  }
  return { name, shape: sizes.reverse(), id, begin };
}

function alignmentOf(metadata: Metadata, fail: (problem: string) => Error): number {
  const value = metadata.get('general.alignment');
  if (value === undefined) return defaultAlignment;
  if (typeof value !== 'number' || value < 8 || value > 2 ** 20 || value % 8 !== 0) {
    throw fail(`'general.alignment' is no multiple of 8 from 8 to ${2 ** 20}`);
  }
  return value;
}
