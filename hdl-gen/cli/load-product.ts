import { checkProduct, loadActivations, loadLabels, loadWeights } from '../../model/index.ts';
import { brokenPair, mostTerms } from '../../rtl/ternary/index.ts';
import type { Core } from './core.ts';
import { conflict, tooManyTerms, twoWeightsOfPair, zeroWeight } from './diagnostics.ts';
import type { SimValues } from './options.ts';
import { drawActivations, drawWeights, type Product } from './product.ts';
import { isKind } from './weights.ts';

/** A product, its labels, and what they come from. */
export interface LoadedProduct extends Product {
  readonly labels: Int32Array | undefined;
  readonly sources: { readonly weights: string; readonly activations: string };
}

/** The options that decide it. */
export type ProductValues = Pick<SimValues, 'weights' | 'activations' | 'm' | 'k' | 'n' | 'seed'> &
  Partial<Pick<SimValues, 'labels'>>;

/**
 * The weights, activations and labels that the options name; what they do not name is drawn at random.
 * @throws Diagnostic TCT-5001 to TCT-5017 for the files, TCT-6006 where --m, --k or --n contradict a file,
 *   TCT-6015 for more terms than --max-k, TCT-6050 for a weight 0 where there can be none,
 *   TCT-6051 for two weights of a pair where one has to be 0.
 */
export function loadProduct(values: ProductValues, core: Core): LoadedProduct {
  const { config, usualSize } = core;
  const weightsFile = isKind(values.weights) ? undefined : values.weights;
  const bits = { bits: config.activationBits };
  const files = {
    weights: weightsFile === undefined ? undefined : loadWeights(weightsFile),
    activations: values.activations === undefined ? undefined : loadActivations(values.activations, bits),
  };
  const known = files.weights ?? files.activations;
  const size = {
    m: agree(values.m, files.weights?.rows, '--m', '--weights') ?? usualSize.m,
    k:
      agree(values.k, known?.columns, '--k', files.weights === undefined ? '--activations' : '--weights') ??
      usualSize.k,
    n: agree(values.n, files.activations?.rows, '--n', '--activations') ?? usualSize.n,
  };
  const drawn = `drawn with seed ${values.seed}`;
  const sources = { weights: weightsFile ?? drawn, activations: values.activations ?? drawn };
  if (size.k > mostTerms(config)) {
    const source = known === undefined ? "'--k'" : `'${weightsFile ?? values.activations}'`;
    throw tooManyTerms(source, size.k, mostTerms(config));
  }
  const weights = files.weights ?? drawWeights(size, core, values.seed);
  const activations = files.activations ?? drawActivations(size, config, values.seed);
  checkProduct(weights, activations, sources);
  const zero = core.weights === 'binary' ? weights.data.indexOf(0) : -1;
  if (zero >= 0)
    throw zeroWeight(sources.weights, Math.floor(zero / weights.columns), zero % weights.columns);
  if (core.weights === 'sparse') {
    for (let row = 0; row < weights.rows; row++) {
      const column = brokenPair(weights.data.subarray(row * weights.columns, (row + 1) * weights.columns));
      if (column !== -1) throw twoWeightsOfPair(sources.weights, row, column);
    }
  }
  const labels =
    values.labels === undefined
      ? undefined
      : loadLabels(values.labels, { count: activations.rows, classes: weights.rows });
  return { weights, activations, labels, sources };
}

/** The size that an option asks for, or that a file has; they must not differ. */
export function agree(
  asked: number | undefined,
  found: number | undefined,
  option: string,
  file: string,
): number | undefined {
  if (asked !== undefined && found !== undefined && asked !== found) {
    throw conflict(`${option} ${asked}`, file, `the file has ${found}: leave ${option} out`);
  }
  return asked ?? found;
}
