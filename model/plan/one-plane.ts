/** Plans of one plane: BitNet, BitNet b1.58 and OneBit, and trits with scales of their own. */
import type { OneBitWeights, ScaledSigns } from '../schemes/index.ts';
import type { IntegerProduct, LayerExtras, LinearPlan } from './linear-plan.ts';

/** y = scale (S . q) / s */
export function planOfSigns(
  scheme: 'bitnet' | 'b158',
  { rows, columns, signs, scale }: ScaledSigns,
  { bias }: LayerExtras = {},
): LinearPlan {
  return {
    scheme,
    rows,
    columns,
    rule: scheme === 'bitnet' ? 'bitnet' : 'absmax',
    products: [onePlane(rows, columns, signs)],
    terms: [{ product: 0, firstRow: 0, isShared: false, scales: new Float64Array(rows).fill(scale) }],
    isNormalised: false,
    ...(bias && { bias }),
  };
}

/** y = h * (S . q) / s, where q is made of x * g */
export function planOfOneBit(
  { rows, columns, signs, inputVector, outputVector }: OneBitWeights,
  { bias, isNormalised = false }: LayerExtras = {},
): LinearPlan {
  return {
    scheme: 'onebit',
    rows,
    columns,
    rule: 'absmax',
    inputVector,
    products: [onePlane(rows, columns, signs)],
    terms: [{ product: 0, firstRow: 0, isShared: false, scales: Float64Array.from(outputVector) }],
    isNormalised,
    ...(bias && { bias }),
  };
}

/** Trits whose scale changes within a row, as in TQ1_0 and TQ2_0 of GGUF. */
export interface BlockScaledTrits {
  readonly rows: number;
  readonly columns: number;
  readonly trits: Int8Array;
  /** Of the weight number i at `[floor(i / weightsPerScale)]`. */
  readonly scales: Float32Array;
  readonly weightsPerScale: number;
}

/**
 * y = scale (T . q) / s with one scale for all, or for each block of columns one in each row. Blocks do not go beyond a row.
 */
export function planOfTrits(
  { rows, columns, trits, scales, weightsPerScale }: BlockScaledTrits,
  { bias }: LayerExtras = {},
): LinearPlan {
  // A block of zeros has a scale of 0 in GGUF, whatever the others have. Its trits may be anything.
  const [scale = 0, ...others] = new Set(scales.filter(each => each !== 0));
  if (others.length === 0) {
    const signs = trits.map((trit, i) => (scales[Math.floor(i / weightsPerScale)] === 0 ? 0 : trit));
    return planOfSigns('b158', { rows, columns, signs, scale }, { bias });
  }
  const blocks = columns / weightsPerScale;
  return {
    scheme: 'b158',
    rows,
    columns,
    rule: 'absmax',
    products: [{ ...onePlane(rows, columns, trits), columnsPerBlock: weightsPerScale }],
    terms: [
      {
        product: 0,
        firstRow: 0,
        isShared: false,
        scales: Float64Array.from({ length: blocks * rows }, (_, i) => {
          const [block, row] = [Math.floor(i / rows), i % rows];
          return scales[row * blocks + block]!;
        }),
      },
    ],
    isNormalised: false,
    ...(bias && { bias }),
  };
}

function onePlane(rows: number, columns: number, data: Int8Array): IntegerProduct {
  return { name: 'signs', planes: { rows, columns, data }, columnsPerBlock: columns };
}
