import { type ByteSource, openSource } from './byte-source.ts';
import { notAModelFile } from './file-diagnostics.ts';
import { ggufMagic, readGguf } from './gguf/read-gguf.ts';
import { openNpy } from './npy-file.ts';
import { readSafetensors } from './safetensors/read-safetensors.ts';
import type { ModelFile } from './tensor.ts';

/** How formats begin that are not read, and what they are. */
const others: readonly (readonly [begin: string, what: string])[] = [
  ['504b0304', 'is a ZIP archive, as torch.save and np.savez write'],
  ['8002', 'is a Python pickle, as older versions of torch.save write'],
  ['67676d6c', 'is of GGML, which came before GGUF'],
  ['6c6d6767', 'is of GGML, which came before GGUF'],
  ['666d6767', 'is of GGML, which came before GGUF'],
  ['746a6767', 'is of GGJT, which came before GGUF'],
  ['89484446', 'is of HDF5, as Keras writes'],
  ['7b', 'is JSON; of a model in several files, name one of these'],
];

/**
 * Opens a model file (GGUF, safetensors or .npy: the first bytes tell) and reads its header.
 * Whoever opens it closes its source.
 *
 * @throws Diagnostic TCT-5001, TCT-5002 not there or unreadable; those of `readModel`
 */
export function openModel(path: string): ModelFile {
  const source = openSource(path);
  try {
    return readModel(source);
  } catch (error) {
    source.close();
    throw error;
  }
}

/**
 * Reads the header of a model in any of the formats.
 *
 * @throws Diagnostic TCT-5201 none of them; TCT-5202, TCT-5203 of GGUF; TCT-5204 of safetensors; TCT-5003 to TCT-5010 of .npy
 */
export function readModel(source: ByteSource): ModelFile {
  const begin = source.read(0, Math.min(16, source.size));
  if (ggufMagic.every((byte, i) => begin[i] === byte)) return readGguf(source);
  if (begin[0] === 0x93) return openNpy(source);
  // A header of less than 100 MB: the upper half of its length is 0.
  if (begin.length >= 8 && begin.subarray(4, 8).every(byte => byte === 0)) return readSafetensors(source);
  const hex = Buffer.from(begin).toString('hex');
  throw notAModelFile(source.name, begin, others.find(([first]) => hex.startsWith(first))?.[1]);
}
