/**
 * Quantisers of activations: one scale for each vector ("per token"), from its largest magnitude.
 *
 *     b1.58, OneBit, BiLLM    s = Qp / max(max|x|, 1e-5)    q = clamp(round(x s), -Qp - 1, Qp)    Qp = 2^(bits-1) - 1
 *     BitNet                  s = Q / max(max|x|, 1e-5)     q = clamp(round(x s), -Q + 1, Q - 1)  Q = 2^(bits-1)
 *
 * Then x is about q / s. The first is equation 3 of arXiv 2402.17764 as `activation_quant` of transformers' BitLinear has it, the
 * second equations 4 and 5 of arXiv 2310.11453, whose range (-Q + epsilon, Q - epsilon) holds these integers. The arithmetic is
 * that of float32, operation by operation, so that the integers are the same as PyTorch's. OneBit quantises what comes out of
 * its input vector.
 */
import { checkFloats } from './check.ts';
import { type FloatMatrix, roundHalfEven } from './float-matrix.ts';

/** Which of the two rules. */
export type ActivationRule = 'absmax' | 'bitnet';

/** Vectors of integers, and how they are scaled. */
export interface QuantisedActivations {
  readonly rows: number;
  readonly columns: number;
  /** Element (n, k) is `data[n * columns + k]`. */
  readonly data: Int32Array;
  /** For each vector the number of float32 by which it was multiplied. */
  readonly scales: Float32Array;
}

const least = Math.fround(1e-5);

/**
 * Quantises each vector [N,K] to `bits` signed bits.
 * @throws Diagnostic TCT-5401, TCT-5402
 */
export function quantiseActivations(
  inputs: FloatMatrix,
  rule: ActivationRule,
  bits = 8,
): QuantisedActivations {
  checkFloats('the activations', inputs);
  const { rows, columns, data } = inputs;
  const half = 2 ** (bits - 1);
  const [full, lowest] = rule === 'absmax' ? [half - 1, -half] : [half, 1 - half];
  const result = new Int32Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) most = Math.max(most, Math.abs(data[i]!));
    // PyTorch divides a number by a tensor so: it multiplies by the reciprocal.
    scales[row] = full * Math.fround(1 / Math.max(most, least));
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      const scaled = roundHalfEven(Math.fround(data[i]! * scales[row]!));
      result[i] = Math.max(lowest, Math.min(half - 1, scaled));
    }
  }
  return { rows, columns, data: result, scales };
}

/** The same vectors with each column multiplied by a number, in float32: what OneBit does first. */
export function scaleColumns({ rows, columns, data }: FloatMatrix, vector: Float32Array): FloatMatrix {
  return { rows, columns, data: data.map((value, i) => value * vector[i % columns]!) };
}
