import type { FloatMatrix } from '../../../model/schemes/index.ts';

/** What numbers are drawn: those of a bell, of a heavy tail, or of a bell whose first columns are larger than the others. */
export const kinds = ['bell', 'tail', 'columns'] as const;

/** Numbers around 0 with a spread of about 0.05; the same for the same seed. */
export function drawFloats(
  seed: number,
  rows: number,
  columns: number,
  kind: (typeof kinds)[number] = 'bell',
): FloatMatrix {
  const uniform = generator(seed);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => {
    const bell = 0.05 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    if (kind === 'tail') return bell / (uniform() + 0.1);
    return kind === 'columns' && i % columns < 3 ? bell * 5 : bell;
  });
  return { rows, columns, data };
}

/** Numbers between 0 and 1, neither of them among these (splitmix32). */
export function generator(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e37_79b9);
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (((mixed ^ (mixed >>> 15)) >>> 8) + 0.5) / 2 ** 24;
  };
}
