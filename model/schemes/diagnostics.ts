/** What can be wrong with numbers that are to be quantised (TCT-5401 to TCT-5404). */
import { Diagnostic } from '../../diagnostic/index.ts';
import type { FloatMatrix } from './float-matrix.ts';

export const shapeDiffers = (what: string, { rows, columns, data }: FloatMatrix): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5401',
    seen: `${what} [${rows},${columns}] have ${data.length} numbers`,
    help: 'give rows times columns numbers, at least one, row after row',
  });

export const notFinite = (what: string, value: number, row: number, column: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5402',
    seen: `${what} have ${value} in row ${row}, column ${column}; every number has to be finite`,
    help: 'look where the model was trained or converted; rows and columns count from 0',
  });

export const calibrationDiffers = (found: number, expected: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5403',
    seen: `the calibration activations have ${found} columns, and the weights ${expected}`,
    help: 'calibrate each layer with what comes into it: a row for each sample, a column for each input',
    exitStatus: 2,
  });

export const inputsDiffer = (found: number, expected: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5404',
    seen: `the inputs have ${found} columns, and the layer takes ${expected}`,
    help: 'give a row for each vector, with a number for each input of the layer',
    exitStatus: 2,
  });
