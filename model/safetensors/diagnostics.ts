import { Diagnostic } from '../../diagnostic/index.ts';

/** `file` is the name that the user gave. */
export const safetensorsMalformed = (file: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5204',
    seen: `the safetensors header of '${file}' is malformed: ${problem}`,
    help: 'copy or save the file again; the last copy was probably interrupted',
  });
