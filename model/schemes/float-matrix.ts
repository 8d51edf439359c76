/** Numbers [rows, columns] in float32; element (r, c) is `data[r * columns + c]`. */
export interface FloatMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** The mean of what a function makes of each number, in float64; 0 of none. */
export function meanOf(data: ArrayLike<number>, of: (value: number) => number = value => value): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += of(data[i]!);
  return data.length === 0 ? 0 : sum / data.length;
}

/** The nearest whole number; halves go to the even one, as in NumPy and PyTorch. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
