/**
 * safetensors, the format of Hugging Face.
 *
 *     u64      bytes of the header, little-endian
 *     header   JSON: header-reader.ts tells what may stand there; it begins with '{' and may be filled up with spaces
 *     data     the tensors; data_offsets [begin, end) are counted from here
 *
 * The last axis of a tensor varies fastest. The tensors fill the data without gaps and without sharing, to the end of the file.
 *
 * Only the header is read, and it is not trusted.
 */
import { brief } from '../brief.ts';
import type { ByteSource } from '../byte-source.ts';
import { elementsOf, type Metadata, type ModelFile, mostEntries, type TensorEntry } from '../tensor.ts';
import { safetensorsMalformed } from './diagnostics.ts';
import { dtypeBits, dtypeRefusal } from './dtypes.ts';
import {
  type Header,
  HeaderError,
  parseHeader,
  type TextRange,
  type ToldTensor,
  textIn,
} from './header-reader.ts';

/** What the format allows. */
const mostHeaderBytes = 100_000_000;
const lengthBytes = 8;
const limits = { entries: mostEntries, axes: 64, nameBytes: 4096 } as const;

/**
 * Reads the header of a safetensors file.
 *
 * @throws Diagnostic TCT-5204 a malformed header
 */
export function readSafetensors(source: ByteSource): ModelFile {
  const fail = (problem: string): Error => safetensorsMalformed(source.name, problem);
  if (source.size < lengthBytes)
    throw fail(`the file has ${source.size} bytes, less than the length of a header`);
  const length = new DataView(source.read(0, lengthBytes).buffer).getBigUint64(0, true);
  const most = Math.min(mostHeaderBytes, source.size - lengthBytes);
  if (length > most) throw fail(`it claims ${length} bytes; ${most} are the most`);
  const bytes = source.read(lengthBytes, Number(length));
  const { tensors, metadata } = parsed(bytes, fail);
  return {
    format: 'safetensors',
    source,
    metadata: metadataOf(source, metadata, fail),
    tensors: placed(tensors, lengthBytes + bytes.length, source.size, fail),
  };
}

function parsed(bytes: Uint8Array, fail: (problem: string) => Error): Header {
  if (bytes[0] !== 0x7b) throw fail("it does not begin with '{'");
  return orFail(() => parseHeader(bytes, limits), fail);
}

function orFail<T>(action: () => T, fail: (problem: string) => Error): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof HeaderError) throw fail(error.message);
    throw error;
  }
}

/** The texts of the metadata, which are read from the file when they are asked for. */
function metadataOf(
  source: ByteSource,
  ranges: ReadonlyMap<string, TextRange>,
  fail: (problem: string) => Error,
): Metadata {
  return {
    keys: [...ranges.keys()],
    typeOf: key => (ranges.has(key) ? 'string' : undefined),
    get(key) {
      const range = ranges.get(key);
      if (range === undefined) return undefined;
      const bytes = source.read(lengthBytes + range.begin, range.end - range.begin);
      return orFail(() => textIn(bytes, { begin: 0, end: bytes.length }), fail);
    },
  };
}

function placed(
  told: readonly ToldTensor[],
  dataBegin: number,
  end: number,
  fail: (problem: string) => Error,
): TensorEntry[] {
  const entries = told.map(({ name, dtype, shape, offsets }): TensorEntry => {
    const what = `the tensor '${brief(name)}'`;
    const bits = dtypeBits(dtype);
    if (bits === undefined) throw fail(`${what} has the unknown type '${dtype.slice(0, 40)}'`);
    const [from = 0, to = 0] = offsets;
    const elements = elementsOf(shape);
    if (offsets.length !== 2 || to < from) throw fail(`'data_offsets' of '${brief(name)}' is no range`);
    if (elements * bits !== 8 * (to - from)) {
      throw fail(`${what} has ${to - from} bytes for ${elements} elements of ${bits} bits`);
    }
    const refusal = dtypeRefusal(dtype);
    const entry = { name, shape, type: dtype, offset: dataBegin + from, bytes: to - from };
    return refusal === undefined ? entry : { ...entry, refusal };
  });
  let at = dataBegin;
  for (const { name, offset, bytes } of entries.toSorted(
    (a, b) => a.offset - b.offset || a.bytes - b.bytes,
  )) {
    if (offset !== at) throw fail(`the tensor '${brief(name)}' does not begin where the one before it ends`);
    at += bytes;
  }
  if (at !== end) throw fail(`its tensors end at byte ${at}, and the file at byte ${end}`);
  return entries;
}
