/** Models and their files: GGUF, safetensors and .npy, ternary weights, activations, results, labels. */

export { type BiasOptions, loadBias } from './bias.ts';
export { printable } from './brief.ts';
export { type ByteSource, memorySource, openSource } from './byte-source.ts';
export { accuracy, type LabelOptions, type Logits, loadLabels, predict } from './classify.ts';
export {
  encodeGguf,
  type GgufContent,
  type GgufPair,
  type GgufTensor,
  writeGguf,
} from './gguf/write-gguf.ts';
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
export { openModel, readModel } from './open-model.ts';
export { packTernary } from './pack-tensor.ts';
export { decodeFloats, encodeFloats, type FloatType } from './packed/floats.ts';
export { decodeHfBitnet, encodeHfBitnet, hfScale, type LinearClass } from './packed/hf-bitnet.ts';
export { decodeI2s, encodeI2s } from './packed/i2s.ts';
export { decodeOneBit, encodeOneBit } from './packed/onebit.ts';
export { PackedError } from './packed/packed-error.ts';
export type { ScaledTrits } from './packed/scaled-trits.ts';
export { decodeTq1, encodeTq1 } from './packed/tq1.ts';
export { decodeTq2, encodeTq2 } from './packed/tq2.ts';
export { type Packing, packingOf } from './packing.ts';
export { readTrits } from './read-trits.ts';
export {
  encodeSafetensors,
  type SafetensorsContent,
  type SafetensorsTensor,
  writeSafetensors,
} from './safetensors/write-safetensors.ts';
export { type Sample, type SampledPart, sampleOf, weightsOf } from './sample.ts';
export {
  elementsOf,
  findTensor,
  type Metadata,
  type MetadataValue,
  type ModelFile,
  type ModelFormat,
  type TensorEntry,
} from './tensor.ts';
export {
  matrixShape,
  type OneBitTensor,
  readFloats,
  readHfBitnet,
  readOneBit,
  readTernary,
  type TernaryTensor,
  tensorNamed,
} from './tensor-data.ts';
export { loadConstantWeights, loadWeights } from './ternary-file.ts';
