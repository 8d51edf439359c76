import { Diagnostic } from '../diagnostic/index.ts';
import { brief } from './brief.ts';

/* What can be wrong with a model file of any format, and with what is asked of it. `file` is the name that the user gave. */

/** @param what the file is instead, where its first bytes tell */
export const notAModelFile = (file: string, firstBytes: Uint8Array, what: string | undefined): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5201',
    seen:
      firstBytes.length === 0
        ? `'${file}' is empty; a GGUF, safetensors or .npy file was expected`
        : `'${file}' is no GGUF, safetensors or .npy file: it ${what ?? `begins with ${Buffer.from(firstBytes).toString('hex', 0, 8)}`}`,
    help: 'in Python, safetensors.torch.save_file(model.state_dict(), name) writes a model, and np.save(name, array) one matrix',
    exitStatus: 2,
  });

export const tensorNotThere = (
  file: string,
  name: string,
  some: readonly string[],
  count: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5205',
    seen: `'${file}' has no tensor '${brief(name)}'`,
    details: [
      `its ${count} tensors are ${some.map(each => `'${brief(each)}'`).join(', ')}${count > some.length ? ', ...' : ''}`,
    ],
    help: 'hdl-gen model inspect lists all names',
    exitStatus: 2,
  });

export const tensorNotRead = (file: string, name: string, type: string, reason: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5206',
    seen: `the tensor '${brief(name)}' of '${file}' has the type ${type}, which is not read: ${reason}`,
    help: 'convert the model to F32, F16, BF16, TQ1_0, TQ2_0 or I2_S, or to safetensors',
  });

export const tensorDamaged = (file: string, name: string, type: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5207',
    seen: `the tensor '${brief(name)}' of '${file}' is no ${type}: it has ${problem}`,
    help: 'copy or convert the file again; it is damaged, or was written by a program with another layout',
  });

export const companionWrong = (file: string, name: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5208',
    seen: `the packed tensor '${brief(name)}' of '${file}' is not complete: ${problem}`,
    help: "a packed 'x.weight' needs 'x.weight_scale', and one of OneBit 'x.input_factor' too; save them in one file",
  });

export const rowsNotWholeBlocks = (name: string, columns: number, type: string, block: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5209',
    seen: `the tensor '${brief(name)}' has rows of ${columns} weights; ${type} packs blocks of ${block}`,
    help: 'choose a layer whose number of inputs can be divided by it, or write safetensors',
  });

export const scalesNotOfBlocks = (
  name: string,
  weightsPerScale: number,
  type: string,
  block: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5210',
    seen: `the tensor '${brief(name)}' has a scale for ${weightsPerScale} weights; ${type} has one for each ${block}`,
    help: 'write the weights as floats, or quantise them with a scale for the whole tensor',
  });

export const notTernaryTensor = (
  file: string,
  name: string,
  scale: number,
  { row, column, number }: { readonly row: number; readonly column: number; readonly number: number },
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5211',
    seen: `the tensor '${brief(name)}' of '${file}' is not ternary: beside 0 and plus or minus ${scale} it has ${number} at row ${row}, column ${column}`,
    help: 'quantise it first: hdl-gen model quantise',
    exitStatus: 2,
  });
