import { encodeFloats, encodeOneBit, type SafetensorsContent, type SafetensorsTensor } from '../index.ts';
import { billmTensors, packedTrits } from './billm-tensors.ts';
import { notInBytes } from './diagnostics.ts';
import type { NamedWeights } from './layer.ts';

/**
 * What a safetensors file of layers holds; `layer.ts` tells the form.
 * @param layers all under the same scheme
 * @throws Diagnostic TCT-5414 where OneBit cannot pack a matrix
 */
export function layersContent(layers: readonly NamedWeights[]): SafetensorsContent {
  const [first] = layers;
  const metadata: Record<string, string> = { format: 'pt', scheme: first!.scheme };
  if (first!.scheme === 'bitnet' || first!.scheme === 'b158')
    Object.assign(metadata, { quant_method: 'bitnet', linear_class: 'bitlinear' });
  if (first!.scheme === 'billm') metadata.columns_per_block = String(first!.weights.columnsPerBlock);
  const tensors = layers.flatMap(layer => {
    const { name, bias } = layer;
    const { rows } = layer.weights;
    if (layer.scheme !== 'billm' && layer.scheme !== 'onebit' && rows % 4 !== 0)
      metadata[`rows ${name}.weight`] = String(rows);
    return [...weightTensors(layer), ...(bias === undefined ? [] : [floats(`${name}.bias`, bias)])];
  });
  return { metadata, tensors };
}

function weightTensors(layer: NamedWeights): SafetensorsTensor[] {
  const { name } = layer;
  if (layer.scheme === 'billm') return billmTensors(name, layer.weights);
  const { rows, columns, signs } = layer.weights;
  if (layer.scheme === 'onebit') {
    if (columns % 8 !== 0) throw notInBytes(name, columns);
    const { inputVector, outputVector } = layer.weights;
    return [
      { name: `${name}.weight`, type: 'I8', shape: [rows, columns / 8], data: encodeOneBit(signs) },
      floats(`${name}.input_factor`, inputVector),
      floats(`${name}.weight_scale`, outputVector),
    ];
  }
  return [
    { name: `${name}.weight`, type: 'U8', ...packedTrits(signs, rows, columns) },
    // Layers of the class bitlinear divide by it.
    floats(`${name}.weight_scale`, Float32Array.of(1 / layer.weights.scale)),
  ];
}

function floats(name: string, values: Float32Array): SafetensorsTensor {
  return { name, type: 'F32', shape: [values.length], data: encodeFloats('F32', values) };
}
