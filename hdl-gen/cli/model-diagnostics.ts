import { Diagnostic } from '../../diagnostic/index.ts';

/* What is said of `hdl-gen model` (TCT-6270 to TCT-6279). */

export const inputsMalformed = (file: string, shape: readonly number[]): Diagnostic =>
  new Diagnostic({
    code: 'TCT-6270',
    seen: `'${file}' has the shape [${shape}]; vectors [N,K] were expected, with N and K at least 1`,
    help: 'save a row for each vector; a single one as x.reshape(1, -1)',
    exitStatus: 2,
  });

export const floatsDiffer = (
  file: string,
  layer: string,
  found: readonly number[],
  expected: readonly number[],
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-6271',
    seen: `'${file}' has [${found}] for the layer '${layer}', which is [${expected}]`,
    help: 'name the file of floats that was quantised with --float, or leave it out',
    exitStatus: 2,
  });

export const modelSumsDiffer = (count: number, total: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-6272',
    seen: `${count} of ${total} sums differ from the integer reference`,
    help: 'with --simulate this is a bug in Tercet: please report it with the command; a board may have another bitstream or a bad supply',
  });

export const deviceHasNoMemory = (device: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-6275',
    seen: `the device ${device} has no block RAM, and so no core`,
    help: 'take another one, such as up5k',
    exitStatus: 2,
  });

export const linearClassUnknown = (file: string, layer: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-6273',
    seen: `'${file}' does not tell whether the scale of the layer '${layer}' divides or multiplies`,
    help: "look for 'linear_class' in the config.json of the model: give --linear-class bitlinear (divides) or autobitlinear (multiplies)",
    exitStatus: 2,
  });
