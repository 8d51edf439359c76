import {
  checkProduct,
  type IntMatrix,
  loadActivations,
  loadBias,
  loadLabels,
  loadWeights,
  type TritMatrix,
} from '../../model/index.ts';
import { conflict } from './diagnostics.ts';
import { agree } from './load-product.ts';
import type { MatmulValues } from './matmul-options.ts';
import { Random } from './random.ts';
import { counted } from './table.ts';

/** Matrices for a board, their labels, and what they come from. */
export interface Matrices {
  readonly weights: TritMatrix;
  readonly activations: IntMatrix;
  /** Added to the sums of each row of the weights. */
  readonly bias: Float64Array | undefined;
  readonly labels: Int32Array | undefined;
  readonly sources: {
    readonly weights: string;
    readonly activations: string;
    readonly bias?: string | undefined;
  };
}

/**
 * The matrices that the options name; what they do not name is drawn at random.
 * @throws Diagnostic TCT-5001 to TCT-5017 for the files, TCT-8036 for a bias of other rows, TCT-6006 where --m, --k or --n contradict a file.
 */
export function loadMatrices(values: MatmulValues, activationBits: number): Matrices {
  const { seed } = values;
  const weightsFile = values.weights === 'ternary' ? undefined : values.weights;
  const given = weightsFile === undefined ? undefined : loadWeights(weightsFile);
  const all =
    values.activations === undefined
      ? undefined
      : loadActivations(values.activations, { bits: activationBits });
  const n = values.n ?? all?.rows ?? 4;
  if (all !== undefined && n > all.rows)
    throw conflict(
      `--n ${n}`,
      '--activations',
      `the file has ${counted(all.rows, 'vector')}: ask for no more`,
    );
  const vectors = all && { ...all, rows: n, data: all.data.subarray(0, n * all.columns) };
  const m = agree(values.m, given?.rows, '--m', '--weights') ?? 32;
  const file = given === undefined ? '--activations' : '--weights';
  const k = agree(values.k, given?.columns ?? vectors?.columns, '--k', file) ?? 120;
  const random = new Random(seed);
  const drawn = (rows: number, columns: number, min: number, max: number): Int32Array =>
    Int32Array.from({ length: rows * columns }, () => random.between(min, max));
  const most = 2 ** (activationBits - 1) - 1;
  const weights = given ?? { rows: m, columns: k, data: Int8Array.from(drawn(m, k, -1, 1)) };
  const activations = vectors ?? { rows: n, columns: k, data: drawn(n, k, -most - 1, most) };
  const told = `drawn with seed ${seed}`;
  const bias = values.bias === undefined ? undefined : loadBias(values.bias, { rows: weights.rows });
  const sources = {
    weights: weightsFile ?? told,
    activations: values.activations ?? told,
    ...(bias === undefined ? {} : { bias: values.bias }),
  };
  checkProduct(weights, activations, sources);
  const labels =
    values.labels === undefined
      ? undefined
      : loadLabels(values.labels, { count: all?.rows ?? n, classes: weights.rows }).subarray(0, n);
  return { weights, activations, bias, labels, sources };
}
