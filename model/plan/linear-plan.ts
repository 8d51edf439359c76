/**
 * A linear layer as a core executes it: products of ternary planes with integers, and how the host makes floats of their sums.
 *
 *     x [N,K] floats --> times the input vector --> integers q and a scale s for each vector
 *                                                        |
 *        for each product:  some inputs in some order -> planes [R,K'] . q, a sum for each block of columns
 *                                                        |
 *     y[n,m] = 1/s[n] * sum over terms and blocks of  scale[term,block,m] * sum[n,block,row of the term]
 *                                                        |
 *                                        LayerNorm, where the layer has one, and the bias
 *
 * The sums are exact. What is float comes after them, in float64, and is rounded to float32 once.
 */
import type { ActivationRule } from '../schemes/index.ts';

export const schemes = ['bitnet', 'b158', 'onebit', 'billm'] as const;
export type Scheme = (typeof schemes)[number];

/** A ternary matrix and what it is multiplied with. */
export interface IntegerProduct {
  /** What its rows are, for reports. */
  readonly name: string;
  /** Rows of all planes [R,K'], one plane below the other; element (r, c) is `data[r * columns + c]`. */
  readonly planes: { readonly rows: number; readonly columns: number; readonly data: Int8Array };
  /** The sums of so many columns are flushed and told apart. */
  readonly columnsPerBlock: number;
  /** The input that each column takes, or -1 where it takes 0. Without it column k takes input k. */
  readonly inputs?: Int32Array;
}

/** A part of each output: sums of one plane, scaled. */
export interface PlanTerm {
  /** Which product, and the first row of the plane in it. */
  readonly product: number;
  readonly firstRow: number;
  /** Whether the plane is a single row, whose sum all outputs use. */
  readonly isShared: boolean;
  /** For output m in block b at `[b * M + m]`. */
  readonly scales: Float64Array;
}

/** A layer [M,K]. */
export interface LinearPlan {
  readonly scheme: Scheme;
  readonly rows: number;
  readonly columns: number;
  /** How activations become integers. */
  readonly rule: ActivationRule;
  /** What each input is multiplied by before [K]. */
  readonly inputVector?: Float32Array;
  readonly products: readonly IntegerProduct[];
  readonly terms: readonly PlanTerm[];
  /** Whether outputs are normalised: (y - mean) / sqrt(variance + 1e-5) over each vector. */
  readonly isNormalised: boolean;
  /** Added at the end [M]. */
  readonly bias?: Float32Array;
}

/** What a layer has beside its weights. */
export interface LayerExtras {
  readonly bias?: Float32Array | undefined;
  /** OneBit: whether it normalises its outputs, as a trained layer does. */
  readonly isNormalised?: boolean | undefined;
}

/** Blocks of columns of a product. */
export function blocksOf({ planes, columnsPerBlock }: IntegerProduct): number {
  return Math.ceil(planes.columns / columnsPerBlock);
}
