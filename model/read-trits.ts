import { notTernaryTensor, tensorNotRead } from './file-diagnostics.ts';
import type { LinearClass } from './packed/hf-bitnet.ts';
import { packingOf } from './packing.ts';
import type { ModelFile, TensorEntry } from './tensor.ts';
import {
  matrixShape,
  readFloats,
  readHfBitnet,
  readOneBit,
  readTernary,
  type TernaryTensor,
} from './tensor-data.ts';

/**
 * The trits of a matrix, however it is packed: floats and whole numbers too, where they are 0 and plus or minus one number. Signs of
 * OneBit have the scale 1; their vectors stand beside them.
 *
 * @param linearClass what `weight_scale` of Hugging Face's BitNet means
 * @throws Diagnostic TCT-5211 where the numbers are more than that; those of the readers
 */
export function readTrits(file: ModelFile, tensor: TensorEntry, linearClass: LinearClass): TernaryTensor {
  switch (packingOf(file, tensor)) {
    case 'ternary':
      return readTernary(file, tensor);
    case 'hf-bitnet':
      return readHfBitnet(file, tensor, linearClass);
    case 'onebit': {
      const { rows, columns, signs } = readOneBit(file, tensor);
      return { rows, columns, trits: signs, scales: Float32Array.of(1), weightsPerScale: signs.length };
    }
    case 'other':
      throw tensorNotRead(file.source.name, tensor.name, tensor.type, tensor.refusal!);
    default:
      return fromNumbers(file, tensor);
  }
}

function fromNumbers(file: ModelFile, tensor: TensorEntry): TernaryTensor {
  const numbers = readFloats(file, tensor);
  const scale = Math.abs(numbers.find(number => number !== 0) ?? 1);
  const trits = new Int8Array(numbers.length);
  for (const [i, number] of numbers.entries()) {
    if (number !== 0 && Math.abs(number) !== scale) {
      const { columns } = matrixShape(tensor.shape);
      const place = { row: Math.floor(i / columns), column: i % columns, number };
      throw notTernaryTensor(file.source.name, tensor.name, scale, place);
    }
    trits[i] = Math.sign(number);
  }
  return {
    ...matrixShape(tensor.shape),
    trits,
    scales: Float32Array.of(scale),
    weightsPerScale: trits.length,
  };
}
