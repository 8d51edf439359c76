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

/**
 * Cuts a matrix whose elements were checked; each block of columns has sums of its own.
 * @throws Diagnostic TCT-8013 where no part fits, and those of `packWeights`.
 */
export function cut({ rows, columns, data }: Weights, columnsPerBlock: number, core: CoreParameters): Load[] {
  const loads = partsOf({ rows, columns, columnsPerBlock }, core);
  if (loads === undefined) throw coreTooSmall(Math.min(columnsPerBlock, columns));
  return loads.map(load => load.map(part => tileOf(part, { rows, columns, data }, core)));
}

/** A part of a matrix with its words. @throws Diagnostic those of `packWeights` */
export function tileOf(part: Part, { columns, data }: Weights, core: CoreParameters): Tile {
  const weights = Array.from({ length: part.rows }, (_, r) =>
    Array.from(
      { length: part.columns },
      (_, c) => data[(part.firstRow + r) * columns + part.firstColumn + c]!,
    ),
  );
  const { base } = part;
  return { ...part, image: packWeights(weights, core, { base, columnsPerBlock: part.columnsPerBlock }) };
}
