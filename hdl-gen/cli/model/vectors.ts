import { readNpy } from '../../../model/index.ts';
import type { FloatMatrix } from '../../../model/schemes/index.ts';
import { inputsMalformed } from '../diagnostics.ts';

/**
 * Vectors of floats from a .npy file: its first axis counts them, the others are one vector each.
 * @param scale what all numbers are divided by
 * @param most how many vectors are taken at most
 * @returns `all` is how many the file has
 * @throws Diagnostic those of `readNpy`; TCT-6270 without vectors
 */
export function readVectors(
  path: string,
  scale: number,
  most = Number.POSITIVE_INFINITY,
): { readonly vectors: FloatMatrix; readonly all: number } {
  const { shape, data } = readNpy(path);
  const [count = 0, ...rest] = shape;
  const columns = rest.reduce((product, size) => product * size, 1);
  if (shape.length < 2 || count * columns === 0) throw inputsMalformed(path, shape);
  const rows = Math.min(count, most);
  const numbers = Float32Array.from({ length: rows * columns }, (_, i) => Number(data[i]) / scale);
  return { vectors: { rows, columns, data: numbers }, all: count };
}
