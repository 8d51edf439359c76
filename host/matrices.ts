import {
  activationOutside,
  activationWrong,
  biasWrong,
  blocksWrong,
  notTernary,
  sizesDiffer,
  wrongShape,
} from './diagnostics.ts';

/** Weights [M,K]; element (r, c) is `data[r * columns + c]`, and is -1, 0 or 1. */
export interface Weights {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** Activations [N,K]: `rows` vectors of whole numbers. */
export interface Activations {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/**
 * Results [N,blocks,M]: for each vector and block of columns the sum of each row of the weights, at
 * `data[(vector * blocks + block) * columns + row]`. With one block they are [N,M].
 */
export interface Results {
  readonly rows: number;
  readonly blocks: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** @throws Diagnostic TCT-8008 for a shape that the data do not have, TCT-8009 for an element that is not -1, 0 or 1. */
export function checkWeights(weights: Weights): void {
  checkShape('weights', weights);
  const { columns, data } = weights;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value !== -1 && value !== 0 && value !== 1)
      throw notTernary(value, Math.floor(i / columns), i % columns);
  }
}

/** @throws Diagnostic TCT-8036 for a bias that is not a whole number for each row of a matrix. */
export function checkBias(bias: ArrayLike<number>, rows: number): void {
  if (bias.length !== rows) throw biasWrong(`has ${bias.length} elements, and the weights have ${rows} rows`);
  for (let row = 0; row < rows; row++)
    if (!Number.isInteger(bias[row])) throw biasWrong(`of row ${row} is ${bias[row]}`);
}

/** @throws Diagnostic TCT-8030 for blocks that are no whole number of the columns of a matrix. */
export function checkBlocks(columnsPerBlock: number, columns: number): void {
  if (!Number.isInteger(columnsPerBlock) || columnsPerBlock < 1 || columnsPerBlock > columns)
    throw blocksWrong(columnsPerBlock, columns);
}

/**
 * @throws Diagnostic TCT-8008 for a shape that the data do not have, TCT-8010 for another number of columns than the
 * weights have, TCT-8011 for an element out of the range of `bits` signed bits, TCT-8012 for one that is not whole.
 */
export function checkActivations(activations: Activations, weightColumns: number, bits: number): void {
  checkShape('activations', activations);
  const { columns, data } = activations;
  if (columns !== weightColumns) throw sizesDiffer(weightColumns, columns);
  const most = 2 ** (bits - 1) - 1;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    const [row, column] = [Math.floor(i / columns), i % columns];
    if (!Number.isInteger(value)) throw activationWrong(value, row, column);
    if (value > most || value < -most - 1) throw activationOutside(value, row, column, bits);
  }
}

function checkShape(what: string, { rows, columns, data }: Weights | Activations): void {
  const isSize = (size: number): boolean => Number.isInteger(size) && size > 0;
  if (!isSize(rows) || !isSize(columns) || data.length !== rows * columns)
    throw wrongShape(what, rows, columns, data.length);
}
