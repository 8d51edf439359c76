/**
 * The binariser of BiLLM, for each row of a block alone:
 *
 *     m = mean w      a = mean |w - m|      w is about a sign(w - m) + m      over the elements of a mask
 *
 * (The paper, equation 4, has m = 0; the authors' program, which this follows, takes the mean out first.)
 */

/** Rows and columns of numbers. */
export interface Block {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** What a mask tells of an element: whether it takes part. */
export type Mask = (index: number, column: number) => boolean;

/** A plane of signs with a scale and a mean for each row. */
export interface Binarised {
  /** -1, 0 or 1: 0 outside the mask, and where an element is the mean. */
  readonly signs: Int8Array;
  readonly scales: Float64Array;
  readonly means: Float64Array;
}

/** Binarises the elements of a mask, and adds what they become to `values`. */
export function binarise({ rows, columns, data }: Block, mask: Mask, values: Float64Array): Binarised {
  const signs = new Int8Array(data.length);
  const scales = new Float64Array(rows);
  const means = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    let count = 0;
    let sum = 0;
    for (let c = 0; c < columns; c++)
      if (mask(begin + c, c)) {
        count++;
        sum += data[begin + c]!;
      }
    if (count === 0) continue;
    const mean = sum / count;
    let away = 0;
    for (let c = 0; c < columns; c++) if (mask(begin + c, c)) away += Math.abs(data[begin + c]! - mean);
    const scale = away / count;
    for (let c = 0; c < columns; c++)
      if (mask(begin + c, c)) {
        signs[begin + c] = Math.sign(data[begin + c]! - mean);
        values[begin + c]! += scale * signs[begin + c]! + mean;
      }
    scales[row] = scale;
    means[row] = mean;
  }
  return { signs, scales, means };
}

/** Binarises the elements of a mask, and once more what that leaves of them. */
export function binariseTwice(block: Block, mask: Mask, values: Float64Array): [Binarised, Binarised] {
  const reached = new Float64Array(block.data.length);
  const first = binarise(block, mask, reached);
  const rest = { ...block, data: block.data.map((value, i) => value - reached[i]!) };
  const second = binarise(rest, mask, reached);
  for (let i = 0; i < reached.length; i++) values[i]! += reached[i]!;
  return [first, second];
}
