import { setImmediate } from 'node:timers/promises';
import {
  type ModelFile,
  matrixShape,
  type Packing,
  packingOf,
  sampleOf,
  type TensorEntry,
  weightsOf,
} from '../../../model/index.ts';
import { billmSuffix, readLayers } from '../../../model/layers/index.ts';
import { costOf, type Scheme, schemes } from '../../../model/plan/index.ts';
import type { CostedCore } from './costs.ts';
import type { LayerDocument, TensorDocument } from './inspect-document.ts';
import { Survey } from './survey.ts';

/** What a sample has at most. */
const mostSampled = 2 ** 18;

/** What can be told of a tensor; all its numbers are looked at where `isWhole`. */
export async function lookAt(
  file: ModelFile,
  tensor: TensorEntry,
  isWhole: boolean,
  cores: readonly CostedCore[],
): Promise<TensorDocument> {
  const packing = packingOf(file, tensor);
  const weights = weightsOf(tensor, packing);
  const told = {
    ...tensor,
    packing,
    weights,
    bitsPerWeight: weights === 0 ? 0 : (8 * tensor.bytes) / weights,
  };
  if (packing === 'other' || weights === 0) return { ...told, zeros: null, layer: null };
  const sample = sampleOf(file, tensor, isWhole ? Infinity : mostSampled);
  const survey = new Survey();
  for (const part of sample.parts) {
    survey.add(part);
    // Between two parts an interrupt is heard.
    await setImmediate();
  }
  return {
    ...told,
    zeros: { share: survey.zeros / survey.count, of: survey.count, isWhole: sample.isWhole },
    layer: layerOf(file, tensor, packing, survey.schemes(packing, sample.isWhole), cores),
  };
}

/** What a tensor is as a layer; null where it is none. */
function layerOf(
  file: ModelFile,
  tensor: TensorEntry,
  packing: Packing,
  exact: readonly Scheme[],
  cores: readonly CostedCore[],
): LayerDocument | null {
  if (tensor.name.endsWith(billmSuffix))
    return billmLayer(file, tensor.name.slice(0, -billmSuffix.length), cores);
  if (tensor.shape.length !== 2) return null;
  const { rows, columns } = sizeOf(file, tensor, packing);
  // Whole numbers that are no trits are something else.
  if (exact.length === 0 && packing !== 'floats') return null;
  return {
    rows,
    columns,
    exact,
    byQuantising: packing === 'floats' ? schemes.filter(scheme => !exact.includes(scheme)) : [],
    costs: cores.flatMap(({ device, costOf }) => {
      const cost = costOf(rows, columns);
      return cost === undefined ? [] : [{ device, ...cost }];
    }),
  };
}

/** Rows and columns of the weights: of packed ones, one axis of the tensor is shorter. */
function sizeOf(
  { metadata }: ModelFile,
  { name, shape }: TensorEntry,
  packing: Packing,
): { readonly rows: number; readonly columns: number } {
  const { rows, columns } = matrixShape(shape);
  if (packing === 'onebit') return { rows, columns: 8 * columns };
  // Where rows were filled up to a multiple of 4, files of Tercet tell how many there are.
  if (packing === 'hf-bitnet') return { rows: Number(metadata.get(`rows ${name}`) ?? 4 * rows), columns };
  return { rows, columns };
}

/** A layer of BiLLM is several tensors, and its planes are known when they are read. */
function billmLayer(file: ModelFile, name: string, cores: readonly CostedCore[]): LayerDocument {
  const { plan } = readLayers(file, { names: [name] })[0]!;
  return {
    rows: plan.rows,
    columns: plan.columns,
    exact: ['billm'],
    byQuantising: [],
    costs: cores.flatMap(({ device, core }) => {
      const cost = costOf(plan, core, 1);
      return cost === undefined
        ? []
        : [{ device, cycles: cost.cycles, loads: cost.loads, bytes: cost.bytes }];
    }),
  };
}
