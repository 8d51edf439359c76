import { Diagnostic } from '../../diagnostic/index.ts';

/* What can be wrong with a GGUF file. `file` is the name that the user gave. */

export const ggufVersionUnknown = (file: string, version: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5202',
    seen: isSwapped(version)
      ? `'${file}' is a big-endian GGUF file; little-endian ones are read`
      : `'${file}' has version ${version} of GGUF; versions 2 and 3 are read`,
    help: isSwapped(version)
      ? 'convert the model again, without the option for big-endian machines'
      : 'convert the model again with a newer llama.cpp, or look whether the file is damaged',
  });

export const ggufMalformed = (file: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5203',
    seen: `the GGUF header of '${file}' is malformed: ${problem}`,
    help: 'copy or convert the file again; the last copy was probably interrupted',
  });

/** A small version whose bytes stand the other way round. */
function isSwapped(version: number): boolean {
  return version > 0 && version % 2 ** 24 === 0;
}
