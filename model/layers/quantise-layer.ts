import type { Scheme } from '../plan/index.ts';
import {
  type BillmOptions,
  type FloatMatrix,
  quantiseB158,
  quantiseBillm,
  quantiseBitNet,
  quantiseOneBit,
} from '../schemes/index.ts';
import type { SchemeWeights } from './layer.ts';

/**
 * Quantises a matrix under a scheme.
 * @param calibration what comes into the layer [N,K]: BiLLM asks for it. Without it all inputs count the same and none depends on another.
 * @throws Diagnostic TCT-5401 to TCT-5403
 */
export function quantiseLayer(
  scheme: Scheme,
  weights: FloatMatrix,
  { calibration, ...options }: BillmOptions & { readonly calibration?: FloatMatrix | undefined } = {},
): SchemeWeights {
  switch (scheme) {
    case 'bitnet':
      return { scheme, weights: quantiseBitNet(weights) };
    case 'b158':
      return { scheme, weights: quantiseB158(weights) };
    case 'onebit':
      return { scheme, weights: quantiseOneBit(weights) };
    case 'billm':
      return { scheme, weights: quantiseBillm(weights, calibration ?? identity(weights.columns), options) };
  }
}

function identity(size: number): FloatMatrix {
  const data = new Float32Array(size * size);
  for (let i = 0; i < size; i++) data[i * (size + 1)] = 1;
  return { rows: size, columns: size, data };
}
