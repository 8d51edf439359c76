import { setImmediate } from 'node:timers/promises';
import { Diagnostic } from '../../../diagnostic/index.ts';
import {
  type ModelFile,
  matrixShape,
  type Packing,
  packingOf,
  sampleOf,
  type TensorEntry,
  weightsOf,
} from '../../../model/index.ts';
import { billmSuffix, packedRows, readLayers } from '../../../model/layers/index.ts';
import { costOf, type Scheme, schemes } from '../../../model/plan/index.ts';
import { type CostedCore, toldCost } from './costs.ts';
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
  try {
    return { ...told, ...(await seen(file, tensor, packing, isWhole, cores)) };
  } catch (error) {
    // One damaged tensor is told; it does not hide the others.
    if (!(error instanceof Diagnostic)) throw error;
    return { ...told, zeros: null, layer: null, refusal: error.message };
  }
}

/** What its numbers tell of a tensor. */
async function seen(
  file: ModelFile,
  tensor: TensorEntry,
  packing: Packing,
  isWhole: boolean,
  cores: readonly CostedCore[],
): Promise<Pick<TensorDocument, 'zeros' | 'layer'>> {
  const sample = sampleOf(file, tensor, isWhole ? Infinity : mostSampled);
  const survey = new Survey();
  for (const part of sample.parts) {
    survey.add(part);
    // Between two parts an interrupt is heard.
    await setImmediate();
  }
  return {
    zeros: { share: survey.zeros / survey.count, of: survey.count, isWhole: sample.isWhole },
    layer: layerOf(file, tensor, packing, survey, survey.schemes(packing, sample.isWhole), cores),
  };
}

/** What a tensor is as a layer; null where it is none. */
function layerOf(
  file: ModelFile,
  tensor: TensorEntry,
  packing: Packing,
  { weightsPerScale }: Survey,
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
      const cost = costOf(rows, columns, weightsPerScale);
      return cost === undefined ? [] : [{ device, ...cost }];
    }),
  };
}

/** Rows and columns of the weights: of packed ones, one axis of the tensor is shorter. */
function sizeOf(
  file: ModelFile,
  tensor: TensorEntry,
  packing: Packing,
): { readonly rows: number; readonly columns: number } {
  const { rows, columns } = matrixShape(tensor.shape);
  if (packing === 'onebit') return { rows, columns: 8 * columns };
  return { rows: packing === 'hf-bitnet' ? packedRows(file, tensor) : rows, columns };
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
      const cost = toldCost(costOf(plan, core, 1));
      return cost === undefined ? [] : [{ device, ...cost }];
    }),
  };
}
