import type { ByteSource } from './byte-source.ts';
import { npyTrailing, npyTruncated } from './diagnostics.ts';
import { dtypeBytes } from './npy-dtype.ts';
import { mostHeaderBytes, parseNpyHeader } from './npy-header.ts';
import { type ModelFile, noMetadata } from './tensor.ts';

/** What the one array of a .npy file is called, as the file gives it no name. */
export const npyName = 'array';

/**
 * A .npy file as a model of one tensor. Only its header is read.
 *
 * @throws Diagnostic TCT-5003 to TCT-5010
 */
export function openNpy(source: ByteSource): ModelFile {
  const begin = source.read(0, Math.min(source.size, mostHeaderBytes));
  const { dtype, shape, length, dataOffset } = parseNpyHeader(begin, source.name);
  const bytes = length * dtypeBytes(dtype);
  const found = source.size - dataOffset;
  if (found < bytes) throw npyTruncated(source.name, 'data', bytes, found);
  if (found > bytes) throw npyTrailing(source.name, dataOffset + bytes, source.size);
  const entry = { name: npyName, shape, type: dtype, offset: dataOffset, bytes };
  return { format: 'npy', source, metadata: noMetadata, tensors: [entry] };
}
