import {
  type ModelFile,
  matrixShape,
  type Packing,
  packingOf,
  type Sample,
  sampleOf,
  type TensorEntry,
  weightsOf,
} from '../../../model/index.ts';
import { billmSuffix, readLayers } from '../../../model/layers/index.ts';
import { costOf, type Scheme, schemes } from '../../../model/plan/index.ts';
import type { CostedCore } from './costs.ts';
import type { LayerDocument, TensorDocument } from './inspect-document.ts';

/** What a sample has at most. */
const mostSampled = 2 ** 18;

/** What can be told of a tensor; all its numbers are looked at where `isWhole`. */
export function lookAt(
  file: ModelFile,
  tensor: TensorEntry,
  isWhole: boolean,
  cores: readonly CostedCore[],
): TensorDocument {
  const packing = packingOf(file, tensor);
  const weights = weightsOf(tensor, packing);
  const sample =
    packing === 'other' || weights === 0
      ? undefined
      : sampleOf(file, tensor, isWhole ? Infinity : mostSampled);
  return {
    ...tensor,
    packing,
    weights,
    bitsPerWeight: weights === 0 ? 0 : (8 * tensor.bytes) / weights,
    zeros:
      sample === undefined
        ? null
        : {
            share: countOf(sample.numbers, number => number === 0) / sample.numbers.length,
            of: sample.numbers.length,
            isWhole: sample.isWhole,
          },
    layer: layerOf(file, tensor, packing, sample, cores),
  };
}

/** What a tensor is as a layer; null where it is none. */
function layerOf(
  file: ModelFile,
  tensor: TensorEntry,
  packing: Packing,
  sample: Sample | undefined,
  cores: readonly CostedCore[],
): LayerDocument | null {
  if (tensor.name.endsWith(billmSuffix))
    return billmLayer(file, tensor.name.slice(0, -billmSuffix.length), cores);
  if (sample === undefined || tensor.shape.length !== 2) return null;
  const { rows, columns } = sizeOf(file, tensor, packing);
  const exact = exactSchemes(packing, sample);
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

/** The schemes whose weights these are: -s and +s are of BitNet, and with 0 of b1.58. Whole numbers have to be trits. */
function exactSchemes(packing: Packing, { numbers, isWhole }: Sample): readonly Scheme[] {
  if (packing === 'onebit') return ['onebit'];
  let size = 0;
  let hasZero = false;
  for (const number of numbers) {
    const magnitude = Math.abs(number);
    if (magnitude === 0) hasZero = true;
    else if (size === 0) size = magnitude;
    else if (magnitude !== size) return [];
  }
  const mayBe = packing === 'integers' ? size === 1 : size > 0 && Number.isFinite(size);
  if (!mayBe) return packing === 'floats' || packing === 'integers' ? [] : ['b158'];
  // A sample without a 0 does not say that there is none.
  return hasZero || !isWhole ? ['b158'] : ['bitnet', 'b158'];
}

function countOf(numbers: Sample['numbers'], isCounted: (number: number) => boolean): number {
  let count = 0;
  for (const number of numbers) if (isCounted(number)) count++;
  return count;
}
