/**
 * A layer as a classifier: the prediction for a vector is the index of its largest sum, and labels say what it
 * should have been.
 */
import { labelCountDiffers, labelWrong, shapeWrong } from './diagnostics.ts';
import { readNpy } from './npy.ts';

/** What labels must agree with. */
export interface LabelOptions {
  /** How many vectors were classified (N). */
  readonly count: number;
  /** How many classes there are (M); a label is from 0 to M - 1. */
  readonly classes: number;
}

/**
 * Reads labels [N] from a .npy file of any dtype.
 *
 * @throws Diagnostic those of `readNpy`; TCT-5011 wrong shape; TCT-5016 another count; TCT-5017 no class
 */
export function loadLabels(path: string, { count, classes }: LabelOptions): Int32Array {
  const array = readNpy(path);
  if (array.shape.length !== 1) {
    throw shapeWrong(
      path,
      array.shape,
      'labels [N]',
      'save one class index a sample; one-hot labels: y.argmax(1)',
    );
  }
  if (array.data.length !== count) throw labelCountDiffers(path, array.data.length, count);
  return Int32Array.from(array.data as ArrayLike<number | bigint>, (value, index) => {
    const label = Number(value);
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw labelWrong(path, index, value, classes);
    }
    return label;
  });
}

/** Results [N,M]; element (n, m) is `data[n * columns + m]`. */
export interface Logits {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** The index of the largest sum in each row; of equal ones the first, as in NumPy. */
export function predict({ rows, columns, data }: Logits): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let column = 1; column < columns; column++) {
      if (data[row * columns + column]! > data[row * columns + best]!) best = column;
    }
    return best;
  });
}

/** The fraction (0 to 1) of rows whose prediction is their label. */
export function accuracy(logits: Logits, labels: ArrayLike<number>): number {
  const right = predict(logits).filter((prediction, row) => prediction === labels[row]).length;
  return right / logits.rows;
}
