import { type ByteSource, openSource } from './byte-source.ts';
import { notAModelFile } from './file-diagnostics.ts';
import { ggufMagic, readGguf } from './gguf/read-gguf.ts';
import { openNpy } from './npy-file.ts';
import { npyMagic } from './npy-header.ts';
import { readSafetensors } from './safetensors/read-safetensors.ts';
import type { ModelFile } from './tensor.ts';

/** How formats begin that are not read, and what they are. */
const others: readonly (readonly [begin: string, what: string])[] = [
  ['504b0304', 'is a ZIP archive, as torch.save and np.savez write'],
  ['8002', 'is a Python pickle, as older versions of torch.save write'],
  ['8004', 'is a Python pickle'],
  ['8005', 'is a Python pickle'],
  ['67676d6c', 'is of GGML, which came before GGUF'],
  ['6c6d6767', 'is of GGML, which came before GGUF'],
  ['666d6767', 'is of GGML, which came before GGUF'],
  ['746a6767', 'is of GGJT, which came before GGUF'],
  ['89484446', 'is of HDF5, as Keras writes'],
  // "version https://", and what web pages begin with.
  ['76657273696f6e2068747470733a2f2f', 'is a pointer of Git LFS: git lfs pull fetches what it stands for'],
  ['3c21', 'is a web page: what was to be downloaded is somewhere else'],
  ['3c68746d6c', 'is a web page: what was to be downloaded is somewhere else'],
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
  // All six bytes that there are: the length of a safetensors header may begin with any one.
  const first = begin.subarray(0, npyMagic.length);
  if (first.length > 0 && first.every((byte, i) => byte === npyMagic[i])) return openNpy(source);
  // A header of less than 100 MB: the upper half of its length is 0.
  if (begin.length >= 8 && begin.subarray(4, 8).every(byte => byte === 0)) return readSafetensors(source);
  const hex = Buffer.from(begin).toString('hex');
  throw notAModelFile(source.name, begin, others.find(([start]) => hex.startsWith(start))?.[1]);
}
