/**
 * BiLLM: a trained matrix in blocks of columns, each in two planes of signs where it matters and one elsewhere
 * (algorithm 1 of arXiv 2402.04291; github.com/Aaronhuang-778/BiLLM where the paper leaves something open).
 *
 *     H = 2/n X^T X + 1 % of its mean diagonal      H^-1 = U^T U
 *     for each block of 128 columns:
 *       saliency    s = w^2 / diag(U)^2
 *       salient columns    a1 S1 + m1, and a2 S2 + m2 of what that leaves
 *       all others         a3 S3 + m3 below the break-point, a4 S4 + m4 from it on
 *       the error (W - W^) / diag(U) is taken out of the columns that come, times their rows of U, as GPTQ does
 *
 * `search.ts` tells how columns and break-point are found, `binarise.ts` how a and m. Each row of each block has its own.
 */
import { checkFloats } from '../check.ts';
import { calibrationDiffers } from '../diagnostics.ts';
import type { FloatMatrix } from '../float-matrix.ts';
import { type Binarised, type Block, binarise, binariseTwice } from './binarise.ts';
import { inverseFactor } from './cholesky.ts';
import { curvatureOf } from './hessian.ts';
import { divide, groupMasks, type Search } from './search.ts';

/** The groups of elements that have scales of their own. */
export const billmGroups = ['salient', 'residual', 'low', 'high'] as const;
export type BillmGroup = (typeof billmGroups)[number];

/** Scales and means of a group; of row r in block b at `[b * rows + r]`. */
export interface BillmLevels {
  readonly scales: Float32Array;
  readonly means: Float32Array;
}

/** A matrix [M,K] as BiLLM has it. */
export interface BillmWeights {
  readonly rows: number;
  readonly columns: number;
  readonly columnsPerBlock: number;
  /** The signs of the groups salient, low and high, each element in its own: -1, 0 or 1. */
  readonly signs: Int8Array;
  /** The signs of the residual: 0 beside the salient columns. */
  readonly residual: Int8Array;
  /** 1 for each salient column [K]. */
  readonly isSalient: Uint8Array;
  /** 1 for each element of the group high. */
  readonly isHigh: Uint8Array;
  readonly levels: Readonly<Record<BillmGroup, BillmLevels>>;
  /** For each block. */
  readonly breakPoints: readonly number[];
}

export interface BillmOptions {
  readonly columnsPerBlock?: number;
  /** The part of the mean diagonal of H that is added to it. */
  readonly damping?: number;
  readonly search?: Search;
}

/**
 * Quantises weights [M,K] with calibration activations [N,K].
 * @throws Diagnostic TCT-5401 to TCT-5403
 */
export function quantiseBillm(
  weights: FloatMatrix,
  calibration: FloatMatrix,
  { columnsPerBlock = 128, damping = 0.01, search = 'saliency' }: BillmOptions = {},
): BillmWeights {
  checkFloats('the weights', weights);
  checkFloats('the calibration activations', calibration);
  const { rows, columns } = weights;
  if (calibration.columns !== columns) throw calibrationDiffers(calibration.columns, columns);
  const { hessian, dead } = curvatureOf(calibration, damping);
  const factor = inverseFactor(hessian, columns);
  if (factor === undefined) throw new RangeError('a damped Hessian is positive definite');
  const working = Float64Array.from(weights.data);
  for (const column of dead) for (let row = 0; row < rows; row++) working[row * columns + column] = 0;

  const blocks = Math.ceil(columns / columnsPerBlock);
  const result = emptyWeights(rows, columns, columnsPerBlock, blocks);
  for (let b = 0; b < blocks; b++) {
    const begin = b * columnsPerBlock;
    const width = Math.min(columnsPerBlock, columns - begin);
    const block = blockOf(working, rows, columns, begin, width);
    const diagonal = Float64Array.from({ length: width }, (_, c) => factor[(begin + c) * (columns + 1)]!);
    const saliency = block.data.map((weight, i) => weight ** 2 / diagonal[i % width]! ** 2);
    const division = divide(block, saliency, search);
    const { isSalient, isHigh } = division;
    const values = new Float64Array(block.data.length);
    const pair = binariseTwice(block, (_, c) => isSalient[c] === 1, values);
    const groups = groupMasks(isSalient, isHigh).map(mask => binarise(block, mask, values));
    for (const [i, name] of billmGroups.entries()) putLevels(result, name, b, [...pair, ...groups][i]!);
    putBlock(result, begin, width, isSalient, isHigh, [pair[0], ...groups], pair[1]);
    result.breakPoints.push(division.breakPoint);
    const error = block.data.map((weight, i) => (weight - values[i]!) / diagonal[i % width]!);
    propagate(working, rows, columns, begin, width, error, factor);
  }
  return result;
}

/** The matrix that the planes stand for, in float64. */
export function billmValues(weights: BillmWeights): Float64Array {
  const { rows, columns, columnsPerBlock, signs, residual, isSalient, isHigh, levels } = weights;
  return Float64Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const at = Math.floor(column / columnsPerBlock) * rows + row;
    const { scales, means } = levels[isSalient[column] === 1 ? 'salient' : isHigh[i] === 1 ? 'high' : 'low'];
    const value = scales[at]! * signs[i]! + means[at]!;
    if (isSalient[column] === 0) return value;
    return value + levels.residual.scales[at]! * residual[i]! + levels.residual.means[at]!;
  });
}

type Growing = BillmWeights & { readonly breakPoints: number[] };

function emptyWeights(rows: number, columns: number, columnsPerBlock: number, blocks: number): Growing {
  const levels = (): BillmLevels => ({
    scales: new Float32Array(blocks * rows),
    means: new Float32Array(blocks * rows),
  });
  return {
    rows,
    columns,
    columnsPerBlock,
    signs: new Int8Array(rows * columns),
    residual: new Int8Array(rows * columns),
    isSalient: new Uint8Array(columns),
    isHigh: new Uint8Array(rows * columns),
    levels: { salient: levels(), residual: levels(), low: levels(), high: levels() },
    breakPoints: [],
  };
}

function blockOf(data: Float64Array, rows: number, columns: number, begin: number, width: number): Block {
  const block = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    block.set(data.subarray(row * columns + begin, row * columns + begin + width), row * width);
  return { rows, columns: width, data: block };
}

function putLevels({ rows, levels }: BillmWeights, name: BillmGroup, block: number, found: Binarised): void {
  levels[name].scales.set(found.scales, block * rows);
  levels[name].means.set(found.means, block * rows);
}

/** Puts a block into its columns. The groups share no element, so their signs are added. */
function putBlock(
  { rows, columns, ...into }: BillmWeights,
  begin: number,
  width: number,
  isSalient: Uint8Array,
  isHigh: Uint8Array,
  groups: readonly Binarised[],
  residual: Binarised,
): void {
  into.isSalient.set(isSalient, begin);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < width; c++) {
      const [from, to] = [row * width + c, row * columns + begin + c];
      into.signs[to] = groups.reduce((sum, { signs }) => sum + signs[from]!, 0);
      into.residual[to] = residual.signs[from]!;
      into.isHigh[to] = isHigh[from]!;
    }
}

/** W[:, end:] -= E U[begin:end, end:] */
function propagate(
  working: Float64Array,
  rows: number,
  columns: number,
  begin: number,
  width: number,
  error: Float64Array,
  factor: Float64Array,
): void {
  const end = begin + width;
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < width; c++) {
      const each = error[row * width + c]!;
      if (each === 0) continue;
      for (let k = end; k < columns; k++)
        working[row * columns + k]! -= each * factor[(begin + c) * columns + k]!;
    }
}
