import { Diagnostic } from '../../diagnostic/index.ts';

/*
 * Every refusal of what lays matrices and vectors out for a core. The codes begin with 73 and never change their meaning;
 * rows count from 0.
 */

export const weightsTooLarge = (words: number, capacity: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7301',
    seen: `the image of the weights ends at word ${words} of the weight store, which has ${capacity}`,
    help: 'cut the matrix into parts of fewer rows or columns, and multiply one after the other',
  });

export const initialValuesTooMany = (values: number, capacity: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7302',
    seen: `the matrix has ${values} initial values, one for each row and block; the core keeps ${capacity}`,
    help: 'cut the matrix into parts of fewer rows, or take fewer blocks',
  });

export const initialValueTooLarge = (row: number, value: number, bits: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7303',
    seen: `the initial value of row ${row} is ${value}, with what its weights add to the bias; the core's have ${bits} bits`,
    help: 'add so large a bias on the host, or take a core with more bits',
  });

export const sumTooLong = (columns: number, most: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7304',
    seen: `${columns} columns, filled up to whole beats, are more than the ${most} that one sum of the core can hold`,
    help: "tell 'columnsPerBlock' and add the blocks on the host",
  });

export const activationsTooLarge = (beats: number, capacity: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7305',
    seen: `the vectors take ${beats} beats, and half of the activation buffer has ${capacity}`,
    help: 'cut the columns into parts, and add the results on the host',
  });

export const tooManyVectors = (vectors: number, batch: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-7306',
    seen: `${vectors} vectors are given for one job; the core takes ${batch} at a time`,
    help: 'make a job of each group of vectors',
  });
