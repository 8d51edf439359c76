/** Models and their files: .npy arrays, ternary weights, activations, results, labels. */
export { accuracy, type LabelOptions, type Logits, loadLabels, predict } from './classify.ts';
export {
  type ActivationOptions,
  activationsFrom,
  checkProduct,
  type IntMatrix,
  loadActivations,
  type ProductNames,
  resultsToNpy,
  type TritMatrix,
  weightsFrom,
} from './matrix.ts';
export { decodeNpy, encodeNpy, type NpyArray, readNpy, writeNpy } from './npy.ts';
export type { Dtype, NpyData } from './npy-dtype.ts';
export { loadConstantWeights, loadWeights } from './ternary-file.ts';
