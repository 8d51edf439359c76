import { readFileSync, writeFileSync } from 'node:fs';
import type { MeasuredPoint } from './measured.ts';

const file = new URL('sweep.csv', import.meta.url);

/** The columns of the file, in order: those of words first. */
const words = ['arch', 'form', 'device', 'accumulator'] as const;
const numbers = [
  ...(['lanes', 'rows', 'activationBits', 'pipeline', 'maxK', 'initBits'] as const),
  ...(['cells', 'allCells', 'fmaxMHz'] as const),
] as const;

/** The sweep as it was measured last. */
export function readSweep(): readonly MeasuredPoint[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map(line => {
    const values = line.split(',');
    const named = [...words, ...numbers].map((name, i) => [
      name,
      i < words.length ? values[i] : Number(values[i]),
    ]);
    return Object.fromEntries(named) as MeasuredPoint;
  });
}

export function writeSweep(sweep: readonly MeasuredPoint[]): void {
  const lines = sweep.map(point => [...words, ...numbers].map(name => point[name]).join(','));
  writeFileSync(file, `${[[...words, ...numbers].join(','), ...lines].join('\n')}\n`);
}
