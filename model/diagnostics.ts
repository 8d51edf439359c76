/**
 * What can be wrong with a model or a data file, one function each (TCT-5001 to TCT-5022).
 *
 * `file` is the name that the user gave; every sentence names it.
 */
import { Diagnostic } from '../diagnostic/index.ts';

/** A damaged file may hold endless words. */
const brief = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}...`);

const shown = (shape: readonly (number | bigint)[]): string =>
  `(${shape.map(size => brief(String(size))).join(', ')}${shape.length === 1 ? ',' : ''})`;

export const fileNotThere = (file: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5001',
    seen: `the file '${file}' is not there`,
    help: 'check the path; it is taken relative to the directory that the command is run in',
    exitStatus: 2,
  });

export const fileUnreadable = (file: string, reason: string, cause?: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5002',
    seen: `the file '${file}' cannot be read: ${reason}`,
    help: 'name a file that you may read; an array of .npy may have 2 GiB at most',
    exitStatus: 2,
    cause,
  });

export const notNpy = (file: string, firstBytes: Uint8Array): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5003',
    seen:
      firstBytes.length === 0
        ? `'${file}' is empty; a NumPy .npy file was expected`
        : `'${file}' is not a .npy file: it begins with ${hex(firstBytes)}, and 93 4e 55 4d 50 59 was expected`,
    help: `write it with np.save('name.npy', array); an .npz, text or pickle file is not read: load it in Python and save the one array`,
    exitStatus: 2,
  });

export const npyVersionUnknown = (file: string, major: number, minor: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5004',
    seen: `'${file}' has .npy format version ${major}.${minor}; versions 1.0, 2.0 and 3.0 are read`,
    help: `save it again with np.save('name.npy', array); if that gives the same, the file is damaged`,
    exitStatus: 2,
  });

export const npyHeaderMalformed = (file: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5005',
    seen: `the .npy header of '${file}' is malformed: ${problem}`,
    help: `expected is {'descr': '|i1', 'fortran_order': False, 'shape': (10, 784), }; save the array again with np.save`,
    exitStatus: 2,
  });

/** `descr` is the header's, or undefined where it is not a string but a list of fields. */
export const dtypeUnsupported = (
  file: string,
  descr: string | undefined,
  supported: readonly string[],
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5006',
    seen: `'${file}' holds dtype ${descr === undefined ? 'with fields' : JSON.stringify(brief(descr))}, which is not read; expected is one of ${supported.join(', ')}`,
    help: `convert it first: np.save('name.npy', array.astype(np.int8)), or np.float32 for fractions`,
    exitStatus: 2,
  });

export const bigEndian = (file: string, descr: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5007',
    seen: `'${file}' holds big-endian numbers ('${descr}'); little-endian ones ('<${descr.slice(1)}') were expected`,
    help: `convert it first: np.save('name.npy', array.astype('<${descr.slice(1)}'))`,
    exitStatus: 2,
  });

export const npyTruncated = (file: string, part: string, expected: number, found: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5008',
    seen: `'${file}' is truncated: ${expected} bytes of ${part} were expected, ${found} were found`,
    help: 'copy or save the file again; the last copy was probably interrupted',
    exitStatus: 2,
  });

export const npyTrailing = (file: string, expected: number, found: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5009',
    seen: `'${file}' goes on after its array: ${expected} bytes were expected in all, ${found} were found`,
    help: 'save one array per file; a file with several arrays appended is not read',
    exitStatus: 2,
  });

export const shapeAbsurd = (file: string, shape: readonly (number | bigint)[], limit: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5010',
    seen: `'${file}' claims an impossible shape ${shown(shape.slice(0, 8))}: ${limit}`,
    help: 'the header is damaged; save the array again with np.save',
    exitStatus: 2,
  });

export const shapeWrong = (
  file: string,
  shape: readonly number[],
  expected: string,
  help: string,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5011',
    seen: `'${file}' has shape ${shown(shape)}; ${expected} was expected`,
    help,
    exitStatus: 2,
  });

/** `count` of the `total` weights are wrong; the first of them is told. */
export const notATrit = (
  file: string,
  first: { row: number; column: number; value: number | bigint | string },
  count: number,
  total: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5012',
    seen: `'${file}' has the weight ${first.value} at row ${first.row}, column ${first.column}; only -1, 0 and 1 are ternary weights`,
    details: [`${count} of ${total} weights are not -1, 0 or 1; rows and columns count from 0`],
    help: 'make it ternary first, for example np.clip(np.round(w / np.abs(w).mean()), -1, 1).astype(np.int8)',
    exitStatus: 2,
  });

export const activationOutOfRange = (
  file: string,
  at: { row: number; column: number; value: number | bigint },
  bits: number,
  min: number,
  max: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5013',
    seen: `'${file}' has the activation ${at.value} at row ${at.row}, column ${at.column}; ${bits} signed bits hold ${min} to ${max}`,
    help: `scale the activations into ${min}..${max} (uint8 pixels: x // 2), or take a core of more activation bits`,
    exitStatus: 2,
  });

export const activationNotInteger = (
  file: string,
  at: { row: number; column: number; value: number | bigint },
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5014',
    seen: `'${file}' has the activation ${at.value} at row ${at.row}, column ${at.column}; an integer was expected`,
    help: 'quantise the activations first, for example np.round(x * 127 / np.abs(x).max()).astype(np.int8)',
    exitStatus: 2,
  });

export const innerDimensionsDiffer = (
  weightsFile: string,
  weightColumns: number,
  activationsFile: string,
  activationColumns: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5015',
    seen: `'${weightsFile}' has ${weightColumns} columns and '${activationsFile}' has ${activationColumns}; weights [M,K] and activations [N,K] must have the same K`,
    help: 'if one of the two is transposed, save its .T; otherwise the files belong to different layers',
    exitStatus: 2,
  });

export const labelCountDiffers = (file: string, found: number, expected: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5016',
    seen: `'${file}' has ${found} labels for ${expected} activation rows; one label per row was expected`,
    help: 'save the labels of exactly these activations',
    exitStatus: 2,
  });

export const labelWrong = (
  file: string,
  index: number,
  value: number | bigint,
  classes: number,
): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5017',
    seen: `'${file}' has the label ${value} at index ${index}; an integer from 0 to ${classes - 1} was expected, one per weight row`,
    help: 'a label is the index of the weight row that should give the largest sum',
    exitStatus: 2,
  });

export const fileUnwritable = (file: string, reason: string, cause?: unknown): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5018',
    seen: `the file '${file}' cannot be written: ${reason}`,
    help: 'check that the directory exists, that you may write to it and that the disk is not full',
    cause,
  });

export const matrixMalformed = (file: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5019',
    seen: `'${file}' holds no matrix of weights: ${problem}`,
    help: 'write a row on each line with spaces between the weights, a list of rows as JSON, or a .npy file [M,K]',
    exitStatus: 2,
  });

export const rowLengthsDiffer = (file: string, row: number, found: number, expected: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5020',
    seen: `'${file}' has ${found} weights in row ${row} and ${expected} in row 0; rows count from 0`,
    help: 'give every row as many weights as there are activations',
    exitStatus: 2,
  });

export const zeroRow = (file: string, row: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5021',
    seen: `'${file}' has only zeros in row ${row}, from column 0 to the last; its sum would always be 0, without any logic`,
    help: 'take the row out, and take its sum for 0; rows count from 0',
    exitStatus: 2,
  });

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ');

export const biasNotInteger = (file: string, row: number, value: number | bigint): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5022',
    seen: `'${file}' has the bias ${value} of row ${row}; a whole number was expected`,
    help: 'quantise the bias with the scale of the sums first',
    exitStatus: 2,
  });
