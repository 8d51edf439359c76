/** Plans of one plane: BitNet, BitNet b1.58 and OneBit. */
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

function onePlane(rows: number, columns: number, data: Int8Array): IntegerProduct {
  return { name: 'signs', planes: { rows, columns, data }, columnsPerBlock: columns };
}
