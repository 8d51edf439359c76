/** Layers of model files: floats to quantise, and layers of each scheme to write, to read and to run. */
export { billmSuffix } from './billm-tensors.ts';
export { layersDoNotFit } from './diagnostics.ts';
export { relativeError, relu, runFloats, valuesOf } from './floats.ts';
export type { Layer, NamedWeights, SchemeWeights } from './layer.ts';
export { packedRows } from './packed-rows.ts';
export { planOfWeights } from './plan-of-weights.ts';
export { quantiseLayer } from './quantise-layer.ts';
export { type FloatLayer, type ReadLayerOptions, readFloatLayers, readLayers } from './read-layers.ts';
export { layersContent } from './write-layers.ts';
