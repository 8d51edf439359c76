/**
 * The matrices of a ternary layer, and their files: weights W [M,K], activations X [N,K], results Y [N,M].
 * Element (r, c) of a matrix is `data[r * columns + c]`.
 */
import {
  activationNotInteger,
  activationOutOfRange,
  innerDimensionsDiffer,
  notATrit,
  shapeWrong,
} from './diagnostics.ts';
import { type NpyArray, readNpy } from './npy.ts';

/** Weights: `rows` is M (dot products), `columns` is K (terms of each); every element is -1, 0 or 1. */
export interface TritMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Int8Array;
}

/** Activations: `rows` is N (vectors), `columns` is K; signed integers. */
export interface IntMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Int32Array;
}

/**
 * Weights [M,K] from a .npy array of any dtype; every value must be exactly -1, 0 or 1.
 * @param file names the array in messages.
 * @throws Diagnostic TCT-5011 wrong shape; TCT-5012 another value
 */
export function weightsFrom(array: NpyArray, file: string): TritMatrix {
  const { shape } = array;
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || rows === 0 || columns === 0) {
    const help =
      shape.length === 1
        ? 'weights of a single row are saved with w.reshape(1, -1)'
        : 'save one layer a file, as a matrix of outputs by inputs';
    throw shapeWrong(file, shape, 'a weight matrix [M,K] with M and K at least 1', help);
  }
  const data = new Int8Array(rows * columns);
  let wrong = 0;
  let firstWrong = 0;
  for (let i = 0; i < data.length; i++) {
    const weight = Number(array.data[i]);
    if (weight !== -1 && weight !== 0 && weight !== 1) {
      if (wrong === 0) firstWrong = i;
      wrong++;
    }
    data[i] = weight;
  }
  if (wrong > 0) throw notATrit(file, place(array, firstWrong, columns), wrong, data.length);
  return { rows, columns, data };
}

/** The range of activations. */
export interface ActivationOptions {
  /** Bits of a signed activation, 1 to 16: values are from -2^(bits-1) to 2^(bits-1) - 1. */
  readonly bits: number;
}

/**
 * Reads activations [N,K], or one vector [K], from a .npy file of any dtype; every value must be an integer
 * that fits `bits` signed bits.
 *
 * @throws Diagnostic those of `readNpy`; TCT-5011 wrong shape; TCT-5013 out of range; TCT-5014 no integer
 */
export function loadActivations(path: string, options: ActivationOptions): IntMatrix {
  return activationsFrom(readNpy(path), path, options);
}

/** Like `loadActivations`, for an array that is already in memory; `file` names it in messages. */
export function activationsFrom(array: NpyArray, file: string, { bits }: ActivationOptions): IntMatrix {
  const { shape } = array;
  const [rows = 0, columns = 0] = shape.length === 1 ? [1, ...shape] : shape;
  if (shape.length < 1 || shape.length > 2 || rows === 0 || columns === 0) {
    throw shapeWrong(
      file,
      shape,
      'activations [N,K], or one vector [K], with N and K at least 1',
      'flatten each sample into a row: x.reshape(len(x), -1)',
    );
  }
  const max = 2 ** (bits - 1) - 1;
  const min = -max - 1;
  const data = new Int32Array(rows * columns);
  for (let i = 0; i < data.length; i++) {
    const value = Number(array.data[i]);
    if (!Number.isInteger(value)) throw activationNotInteger(file, place(array, i, columns));
    if (value < min || value > max) {
      throw activationOutOfRange(file, place(array, i, columns), bits, min, max);
    }
    data[i] = value;
  }
  return { rows, columns, data };
}

/** Row, column and the value as the file has it, not rounded to a number. */
const place = (
  array: NpyArray,
  index: number,
  columns: number,
): { row: number; column: number; value: number | bigint } => ({
  row: Math.floor(index / columns),
  column: index % columns,
  value: array.data[index]!,
});

/** Names of the two factors of a product, for messages: the users' files. */
export interface ProductNames {
  readonly weights: string;
  readonly activations: string;
}

/**
 * Checks that weights [M,K] and activations [N,K] have the same K.
 *
 * @throws Diagnostic TCT-5015 where they differ
 */
export function checkProduct(weights: TritMatrix, activations: IntMatrix, names: ProductNames): void {
  if (weights.columns !== activations.columns) {
    throw innerDimensionsDiffer(names.weights, weights.columns, names.activations, activations.columns);
  }
}

/**
 * Results [N,M] as an array to save: int32 where every value fits, int64 otherwise.
 *
 * @throws RangeError where an element is not an integer that int64 and a number both hold exactly
 */
export function resultsToNpy(results: {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}): NpyArray<'int32' | 'int64'> {
  const shape = [results.rows, results.columns];
  const values = Array.from(results.data);
  const unsafe = values.find(value => !Number.isSafeInteger(value));
  if (unsafe !== undefined) throw new RangeError(`${unsafe} is not an exact integer`);
  return values.every(value => value === (value | 0))
    ? { dtype: 'int32', shape, data: Int32Array.from(values) }
    : { dtype: 'int64', shape, data: BigInt64Array.from(values, BigInt) };
}
