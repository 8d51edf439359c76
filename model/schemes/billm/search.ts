/**
 * The two searches of BiLLM in a block: how many columns are salient, and where the other elements are divided.
 *
 * Columns are taken in the order of the sums of their saliencies. For each number of them, up to 49, the block is binarised as
 * two parts, and the number with the least error is taken. Then a break-point p divides the elements beside these columns into
 * those below it and the others; of some candidates the one with the least error is taken.
 *
 * | what is looked at | each part of the first search | candidates for p |
 * | --- | --- | --- |
 * | `saliency`: the saliencies, as in the authors' program | binarised twice | the quantiles 0.10, 0.11 to 0.90 |
 * | `weights`: the weights, as algorithm 2 of the paper | binarised once | 0.1, 0.2 to 0.9 of the largest |
 */
import { type Block, binarise, binariseTwice, errorOf, type Mask } from './binarise.ts';

export type Search = 'saliency' | 'weights';

/** What a search has found. */
export interface Division {
  /** 1 for each salient column. */
  readonly isSalient: Uint8Array;
  readonly breakPoint: number;
  /** 1 for each element beside these columns that is not below the break-point. */
  readonly isHigh: Uint8Array;
}

/** Columns that are looked at, of which one fewer can be salient. */
const mostColumns = 50;

/** @param saliency of each element of the block */
export function divide(block: Block, saliency: Float64Array, search: Search): Division {
  const seen = search === 'saliency' ? { ...block, data: saliency } : block;
  const isSalient = salientColumns(seen, saliency, search);
  const breakPoint = bestBreakPoint(seen, isSalient, search);
  const isHigh = highElements(seen, isSalient, breakPoint);
  return { isSalient, breakPoint, isHigh };
}

function salientColumns(seen: Block, saliency: Float64Array, search: Search): Uint8Array {
  const { rows, columns } = seen;
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) sums[i % columns]! += saliency[i]!;
  const order = Array.from(sums.keys()).sort((a, b) => sums[b]! - sums[a]! || a - b);
  const part = search === 'saliency' ? binariseTwice : binarise;
  const chosen = new Uint8Array(columns);
  let best: { readonly error: number; readonly columns: Uint8Array } | undefined;
  const most = Math.max(1, Math.min(mostColumns, columns) - 1);
  for (const column of order.slice(0, most)) {
    chosen[column] = 1;
    const values = new Float64Array(seen.data.length);
    part(seen, (_, c) => chosen[c] === 1, values);
    part(seen, (_, c) => chosen[c] === 0, values);
    const error = errorOf(seen, values);
    if (best === undefined || error < best.error) best = { error, columns: chosen.slice() };
  }
  return best!.columns;
}

function bestBreakPoint(seen: Block, isSalient: Uint8Array, search: Search): number {
  const { columns, data } = seen;
  const rest = data.map((value, i) => (isSalient[i % columns] === 1 ? 0 : Math.abs(value)));
  const fixed = new Float64Array(data.length);
  binariseTwice(seen, (_, c) => isSalient[c] === 1, fixed);
  const points = search === 'saliency' ? quantiles(rest) : tenths(rest.reduce((a, b) => Math.max(a, b), 0));
  let best: { readonly error: number; readonly point: number } | undefined;
  for (const point of points) {
    const isHigh = highElements(seen, isSalient, point);
    const values = fixed.slice();
    for (const mask of groupMasks(isSalient, isHigh)) binarise(seen, mask, values);
    const error = errorOf(seen, values);
    if (best === undefined || error < best.error) best = { error, point };
  }
  return best!.point;
}

/** The masks of the two groups of elements beside the salient columns: those below the break-point first. */
export function groupMasks(isSalient: Uint8Array, isHigh: Uint8Array): [Mask, Mask] {
  return [(i, c) => isSalient[c] === 0 && isHigh[i] === 0, (i, c) => isSalient[c] === 0 && isHigh[i] === 1];
}

function highElements({ columns, data }: Block, isSalient: Uint8Array, point: number): Uint8Array {
  return Uint8Array.from(data, (value, i) =>
    isSalient[i % columns] === 0 && Math.abs(value) >= point ? 1 : 0,
  );
}

function tenths(most: number): number[] {
  return Array.from({ length: 9 }, (_, i) => ((i + 1) / 10) * most);
}

/** Quantiles 0.10, 0.11 to 0.90, between two elements on the line through them; rounded as NumPy does it. */
function quantiles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  return Array.from({ length: 81 }, (_, i) => {
    const at = (i === 80 ? 0.9 : i * 0.01 + 0.1) * (sorted.length - 1);
    const low = Math.floor(at);
    const [a, b, t] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!, at - low];
    return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
  });
}
