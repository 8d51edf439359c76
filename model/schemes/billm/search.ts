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
import type { Block, Mask } from './binarise.ts';

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
  const { rows, columns, data } = seen;
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) sums[i % columns]! += saliency[i]!;
  const order = Array.from(sums.keys()).sort((a, b) => sums[b]! - sums[a]! || a - b);
  // With its columns in this order, each part is a run of every row.
  const sorted = Float64Array.from(data, (_, i) => data[i - (i % columns) + order[i % columns]!]!);
  const times = search === 'saliency' ? 2 : 1;
  const most = Math.max(1, Math.min(mostColumns, columns) - 1);
  let best = { error: Number.POSITIVE_INFINITY, count: 1 };
  for (let count = 1; count <= most; count++) {
    let error = 0;
    for (let begin = 0; begin < rows * columns; begin += columns)
      error +=
        errorOfRun(sorted, begin, begin + count, times) +
        errorOfRun(sorted, begin + count, begin + columns, times);
    if (error < best.error) best = { error, count };
  }
  const chosen = new Uint8Array(columns);
  for (const column of order.slice(0, best.count)) chosen[column] = 1;
  return chosen;
}

/** The sum of the squares that are left of a run of numbers after it was binarised so many times, 1 or 2. */
function errorOfRun(data: Float64Array, begin: number, end: number, times: number): number {
  const first = levelsOf(end - begin, i => data[begin + i]!);
  const rest = (i: number): number => data[begin + i]! - nearest(data[begin + i]!, first);
  const second = times === 2 ? levelsOf(end - begin, rest) : undefined;
  let error = 0;
  for (let i = 0; i < end - begin; i++) {
    const left = rest(i);
    error += (second === undefined ? left : left - nearest(left, second)) ** 2;
  }
  return error;
}

interface Levels {
  readonly mean: number;
  readonly scale: number;
}

function levelsOf(count: number, value: (i: number) => number): Levels {
  let mean = 0;
  for (let i = 0; i < count; i++) mean += value(i);
  mean /= count;
  let scale = 0;
  for (let i = 0; i < count; i++) scale += Math.abs(value(i) - mean);
  return { mean, scale: scale / count };
}

/** What a value becomes. */
function nearest(value: number, { mean, scale }: Levels): number {
  return scale * Math.sign(value - mean) + mean;
}

function bestBreakPoint(seen: Block, isSalient: Uint8Array, search: Search): number {
  const { rows, columns, data } = seen;
  const rest = data.map((value, i) => (isSalient[i % columns] === 1 ? 0 : Math.abs(value)));
  const points = search === 'saliency' ? quantiles(rest) : tenths(rest.reduce((a, b) => Math.max(a, b), 0));
  // What the salient columns leave is the same for all points, so only the other elements are looked at.
  const beside = Array.from(isSalient.keys()).filter(column => isSalient[column] === 0);
  const others = Float64Array.from({ length: rows * beside.length }, (_, i) => {
    const [row, column] = [Math.floor(i / beside.length), i % beside.length];
    return data[row * columns + beside[column]!]!;
  });
  let best = { error: Number.POSITIVE_INFINITY, point: points[0]! };
  for (const point of points) {
    let error = 0;
    for (let begin = 0; begin < others.length; begin += beside.length)
      error += errorOfGroups(others, begin, begin + beside.length, point);
    if (error < best.error) best = { error, point };
  }
  return best.point;
}

/** The sum of the squares that are left of a row after its two groups were binarised. */
function errorOfGroups(data: Float64Array, begin: number, end: number, point: number): number {
  const count = [0, 0];
  const mean = [0, 0];
  const scale = [0, 0];
  const groupOf = (value: number): number => (Math.abs(value) < point ? 0 : 1);
  for (let i = begin; i < end; i++) {
    const group = groupOf(data[i]!);
    count[group]!++;
    mean[group]! += data[i]!;
  }
  for (const group of [0, 1]) mean[group]! /= Math.max(1, count[group]!);
  for (let i = begin; i < end; i++) {
    const group = groupOf(data[i]!);
    scale[group]! += Math.abs(data[i]! - mean[group]!);
  }
  for (const group of [0, 1]) scale[group]! /= Math.max(1, count[group]!);
  let error = 0;
  for (let i = begin; i < end; i++) {
    const group = groupOf(data[i]!);
    const away = data[i]! - mean[group]!;
    error += (away - scale[group]! * Math.sign(away)) ** 2;
  }
  return error;
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
