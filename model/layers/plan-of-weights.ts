import { type LayerExtras, type LinearPlan, planOfBillm, planOfOneBit, planOfSigns } from '../plan/index.ts';
import type { SchemeWeights } from './layer.ts';

/** The plan of what a scheme has made of a matrix. */
export function planOfWeights(found: SchemeWeights, extras: LayerExtras = {}): LinearPlan {
  if (found.scheme === 'billm') return planOfBillm(found.weights, extras);
  if (found.scheme === 'onebit') return planOfOneBit(found.weights, extras);
  return planOfSigns(found.scheme, found.weights, extras);
}
