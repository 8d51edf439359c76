import { biasNotInteger, shapeWrong } from './diagnostics.ts';
import { readNpy } from './npy.ts';

/** What a bias must agree with. */
export interface BiasOptions {
  /** Rows of the weights (M). */
  readonly rows: number;
}

/**
 * Reads a bias [M] from a .npy file of any dtype: a whole number for each row of the weights.
 *
 * @throws Diagnostic those of `readNpy`; TCT-5011 wrong shape; TCT-5022 no whole number
 */
export function loadBias(path: string, { rows }: BiasOptions): Float64Array {
  const { shape, data } = readNpy(path);
  if (shape.length !== 1 || shape[0] !== rows)
    throw shapeWrong(
      path,
      shape,
      `a bias [M] with M = ${rows}, the rows of the weights,`,
      'save it with b.reshape(-1)',
    );
  return Float64Array.from(data as ArrayLike<number | bigint>, (value, row) => {
    if (!Number.isInteger(Number(value))) throw biasNotInteger(path, row, value);
    return Number(value);
  });
}
