import type { Activations, Weights } from './matrices.ts';

/*
 * Whether a device holds a matrix W, without reading it back: random vectors are multiplied on the device and in plain integers. A row
 * that differs by D gives the same sum only where D.x is 0, and with all other elements of x given at most one value of an element
 * makes it so: of b bits a vector misses it once in 2^b times at most. Enough vectors are drawn to miss it once in 65,536 times.
 */
const chanceBits = 16;

/** Vectors that tell matrices apart, of all values that the activations can have. */
export function probesFor(columns: number, activationBits: number): Activations {
  const rows = Math.ceil(chanceBits / activationBits);
  const values = 2 ** activationBits;
  const data = Int32Array.from(
    { length: rows * columns },
    () => Math.floor(Math.random() * values) - values / 2,
  );
  return { rows, columns, data };
}

/** The first row of a matrix whose sums are not those of the vectors; undefined where all are. */
export function differingRow(
  { rows, columns, data: weights }: Weights,
  { rows: vectors, data: x }: Activations,
  sums: ArrayLike<number>,
): number | undefined {
  for (let row = 0; row < rows; row++)
    for (let vector = 0; vector < vectors; vector++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += weights[row * columns + c]! * x[vector * columns + c]!;
      if (sum !== sums[vector * rows + row]) return row;
    }
  return undefined;
}
