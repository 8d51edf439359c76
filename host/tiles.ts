/**
 * How a matrix larger than a core is cut: into parts of rows and columns that each fit, and these into loads, which are what the
 * weight store holds at one time. Sums of parts of columns are added on the host, so results are exact.
 */
import {
  type CoreParameters,
  type CoreWeights,
  mostColumns,
  mostRows,
  packWeights,
} from '../model/core/index.ts';
import { coreTooSmall } from './diagnostics.ts';
import type { Weights } from './matrices.ts';

/** A part of the matrix, as it lies in the core. */
export interface Tile {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly image: CoreWeights;
  /** Where it begins in the weight store, and its initial values among those of the core. */
  readonly base: number;
  readonly initialBase: number;
}

/** Tiles that are in the core together. */
export type Load = readonly Tile[];

/** Cuts a matrix whose elements were checked. @throws Diagnostic TCT-8013 where no part fits, and those of `packWeights`. */
export function cut({ rows, columns, data }: Weights, core: CoreParameters): Load[] {
  const width = evenPart(columns, mostColumns(core), core.lanes);
  const most = mostRows(width, core);
  if (most === 0) throw coreTooSmall(width);
  const height = evenPart(rows, most, core.rows);
  const loads: Tile[][] = [[]];
  let base = 0;
  let initialBase = 0;
  for (let firstRow = 0; firstRow < rows; firstRow += height)
    for (let firstColumn = 0; firstColumn < columns; firstColumn += width) {
      const part = Array.from({ length: Math.min(height, rows - firstRow) }, (_, r) =>
        Array.from(
          { length: Math.min(width, columns - firstColumn) },
          (_, c) => data[(firstRow + r) * columns + firstColumn + c]!,
        ),
      );
      const alone = packWeights(part, core);
      const isFull =
        base + alone.size > core.weightWords || initialBase + alone.initial.length > core.initialValues;
      if (isFull) {
        loads.push([]);
        base = 0;
        initialBase = 0;
      }
      const image = base === 0 ? alone : packWeights(part, core, { base });
      loads.at(-1)!.push({ firstRow, firstColumn, image, base, initialBase });
      base += image.size;
      initialBase += image.initial.length;
    }
  return loads;
}

/** The least number of equal parts of at most `most`, in multiples of `unit`: how large one is. */
function evenPart(all: number, most: number, unit: number): number {
  const parts = Math.ceil(all / most);
  return parts === 1 ? all : unit * Math.ceil(all / parts / unit);
}
