/** Layers as products of ternary planes, whatever their scheme. */

export { planOfBillm } from './billm-planes.ts';
export { bitsPerWeight, costOf, costOfShapes, type PlanCost } from './cost.ts';
export { combine, type IntegerVectors, operandsOf, quantiseInputs } from './host-part.ts';
export {
  blocksOf,
  type IntegerProduct,
  type LayerExtras,
  type LinearPlan,
  type PlanTerm,
  type Scheme,
  schemes,
} from './linear-plan.ts';
export { runOnHost, sumsOf } from './on-host.ts';
export { type BlockScaledTrits, planOfOneBit, planOfSigns, planOfTrits } from './one-plane.ts';
