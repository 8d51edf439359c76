import { fileURLToPath } from 'node:url';
import { loadWeights } from '../../model/index.ts';

/** A matrix that planners are compared on. */
export interface NamedMatrix {
  readonly name: string;
  /** Rows of -1, 0 and 1. */
  readonly rows: readonly (readonly number[])[];
}

const sizes: readonly (readonly [rows: number, columns: number])[] = [
  ...([
    [16, 16],
    [16, 32],
    [32, 16],
    [24, 48],
    [32, 32],
  ] as const),
  ...([
    [48, 24],
    [48, 48],
    [32, 64],
    [64, 32],
    [64, 64],
  ] as const),
];

/** 20 matrices that are drawn, half of their entries 0, and two that were trained (train.ts). */
export function matrices(): NamedMatrix[] {
  const drawn = [1, 2].flatMap(seed =>
    sizes.map(([rows, columns]) => ({
      name: `random ${rows}x${columns}, seed ${seed}`,
      rows: drawMatrix(rows, columns, seed),
    })),
  );
  return [...drawn, ...['trained-64x64', 'trained-32x64'].map(trained)];
}

/** A matrix of -1, 0, 0 and 1 with equal chances; rows of zeros alone are drawn again. */
export function drawMatrix(rows: number, columns: number, seed: number): number[][] {
  let state = seed;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return [0, 1, 0, -1][state >>> 30]!;
  };
  return Array.from({ length: rows }, () => {
    for (;;) {
      const row = Array.from({ length: columns }, draw);
      if (row.some(entry => entry !== 0)) return row;
    }
  });
}

function trained(name: string): NamedMatrix {
  const { rows, columns, data } = loadWeights(fileURLToPath(new URL(`${name}.npy`, import.meta.url)));
  return {
    name,
    rows: Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]),
  };
}
