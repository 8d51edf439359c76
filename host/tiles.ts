import {
  type CoreParameters,
  type CoreWeights,
  type Part,
  packWeights,
  partsOf,
} from '../model/core/index.ts';
import { coreTooSmall } from './diagnostics.ts';
import type { Weights } from './matrices.ts';

/** A part of a matrix, with its words. */
export interface Tile extends Part {
  readonly image: CoreWeights;
}

/** Tiles that are in the core together. */
export type Load = readonly Tile[];

/** A matrix, and what is added to the sum of each row, in its first block of columns. */
export interface BiasedWeights extends Weights {
  readonly bias?: ArrayLike<number> | undefined;
}

/**
 * Cuts a matrix whose elements were checked; each block of columns has sums of its own.
 * @throws Diagnostic TCT-8013 where no part fits, and those of `packWeights`.
 */
export function cut(weights: BiasedWeights, columnsPerBlock: number, core: CoreParameters): Load[] {
  const { rows, columns } = weights;
  const loads = partsOf({ rows, columns, columnsPerBlock }, core);
  if (loads === undefined) throw coreTooSmall(Math.min(columnsPerBlock, columns));
  return loads.map(load => load.map(part => tileOf(part, weights, core)));
}

/** A part of a matrix with its words. @throws Diagnostic those of `packWeights` */
export function tileOf(part: Part, { columns, data, bias }: BiasedWeights, core: CoreParameters): Tile {
  const weights = Array.from({ length: part.rows }, (_, r) =>
    Array.from(
      { length: part.columns },
      (_, c) => data[(part.firstRow + r) * columns + part.firstColumn + c]!,
    ),
  );
  const { base, columnsPerBlock, firstRow, firstColumn } = part;
  const own =
    bias === undefined || firstColumn > 0
      ? {}
      : { bias: Array.from(bias).slice(firstRow, firstRow + part.rows) };
  return { ...part, image: packWeights(weights, core, { base, columnsPerBlock, ...own }) };
}

/** Whether sums are put together of several jobs: then a block of columns is too wide for one. */
export function isCutAcross(loads: readonly Load[]): boolean {
  const begins = new Map<number, number>();
  return loads.flat().some(({ firstBlock, firstColumn }) => {
    const other = begins.get(firstBlock) ?? firstColumn;
    begins.set(firstBlock, other);
    return other !== firstColumn;
  });
}
