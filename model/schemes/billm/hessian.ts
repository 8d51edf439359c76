import type { FloatMatrix } from '../float-matrix.ts';

/** What calibration says of the inputs of a layer. */
export interface Curvature {
  /** H = 2/n X^T X of n vectors, with its damping; [K,K]. */
  readonly hessian: Float64Array;
  /** Inputs that are 0 in all vectors: their weights cannot matter. */
  readonly dead: readonly number[];
}

/** The Hessian of the squared error of a layer's outputs; `damping` is a part of the mean of its diagonal that is added to it. */
export function curvatureOf({ rows, columns, data }: FloatMatrix, damping: number): Curvature {
  const hessian = new Float64Array(columns * columns);
  for (let n = 0; n < rows; n++) {
    const x = data.subarray(n * columns, (n + 1) * columns);
    for (let i = 0; i < columns; i++) {
      const factor = (2 / rows) * x[i]!;
      if (factor === 0) continue;
      const row = hessian.subarray(i * columns, (i + 1) * columns);
      for (let j = 0; j < columns; j++) row[j]! += factor * x[j]!;
    }
  }
  const dead: number[] = [];
  let trace = 0;
  for (let i = 0; i < columns; i++) {
    if (hessian[i * columns + i] === 0) {
      dead.push(i);
      hessian[i * columns + i] = 1;
    }
    trace += hessian[i * columns + i]!;
  }
  for (let i = 0; i < columns; i++) hessian[i * columns + i]! += (damping * trace) / columns;
  return { hessian, dead };
}
