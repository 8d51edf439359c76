import type { CellReader } from '../cell.ts';
import { gates } from './gates/index.ts';
import { general } from './general.ts';
import { ice40 } from './ice40/index.ts';
import { word } from './word/index.ts';

/** The types of cells that can be read. Each family of cells is a file. */
export const cellReaders: Readonly<Record<string, CellReader>> = { ...general, ...word, ...gates, ...ice40 };
