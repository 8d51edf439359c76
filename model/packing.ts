import { elementsOf, findTensor, type ModelFile, type TensorEntry } from './tensor.ts';

/**
 * How the numbers of a tensor stand in its bytes:
 *
 * - floats: one after the other, to be quantised
 * - ternary: packed by the format itself (TQ1_0, TQ2_0, I2_S)
 * - hf-bitnet: U8 with four weights in a byte, and `weight_scale` beside it
 * - onebit: I8 with eight signs in a byte, and `input_factor` and `weight_scale` beside it
 * - integers: one after the other
 * - other: they are not read
 */
export type Packing = 'floats' | 'ternary' | 'hf-bitnet' | 'onebit' | 'integers' | 'other';

const byType: Readonly<Record<string, Packing>> = {
  F32: 'floats',
  F16: 'floats',
  BF16: 'floats',
  float32: 'floats',
  float64: 'floats',
  TQ1_0: 'ternary',
  TQ2_0: 'ternary',
  I2_S: 'ternary',
};

/** How a tensor is packed; what stands beside it in the file tells that too. */
export function packingOf(file: ModelFile, tensor: TensorEntry): Packing {
  if (tensor.refusal !== undefined) return 'other';
  const plain = byType[tensor.type] ?? 'integers';
  if (file.format !== 'safetensors' || tensor.shape.length !== 2) return plain;
  const [rows, columns] = tensor.shape as [number, number];
  const countOf = (name: string): number | undefined => {
    const found = findTensor(file, name);
    return found && elementsOf(found.shape);
  };
  const scales = countOf(scaleName(tensor.name));
  if (tensor.type === 'U8' && scales === 1) return 'hf-bitnet';
  const factors = countOf(inputFactorName(tensor.name));
  if (tensor.type === 'I8' && scales === rows && factors === 8 * columns) return 'onebit';
  return plain;
}

/** The name of the scale of a packed tensor: `x.weight` has `x.weight_scale`. */
export function scaleName(name: string): string {
  return `${stemOf(name)}weight_scale`;
}

/** The name of the input vector of a packed tensor. */
export function inputFactorName(name: string): string {
  return `${stemOf(name)}input_factor`;
}

function stemOf(name: string): string {
  return name.endsWith('weight') ? name.slice(0, -'weight'.length) : `${name}.`;
}
