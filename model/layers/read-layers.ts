import {
  type LinearClass,
  type ModelFile,
  matrixShape,
  packingOf,
  printable,
  readFloats,
  readHfBitnet,
  readOneBit,
  readTernary,
  type TensorEntry,
  type TernaryTensor,
  tensorNamed,
} from '../index.ts';
import { type LinearPlan, planOfBillm, planOfOneBit, planOfSigns, planOfTrits } from '../plan/index.ts';
import type { FloatMatrix } from '../schemes/index.ts';
import { billmSuffix, readBillm } from './billm-tensors.ts';
import { layerDamaged, noLayers } from './diagnostics.ts';
import type { Layer } from './layer.ts';
import { packedRows } from './packed-rows.ts';

/** How packed weights are read where the file does not tell. */
export interface ReadLayerOptions {
  /** Whether `weight_scale` of Hugging Face's form divides or multiplies: what the file tells, or bitlinear. */
  readonly linearClass?: LinearClass | undefined;
  /** The layers of these names alone. */
  readonly names?: readonly string[] | undefined;
}

/** A float matrix of a file, with its bias. */
export interface FloatLayer {
  readonly name: string;
  readonly weights: FloatMatrix;
  readonly bias: Float32Array | undefined;
}

/**
 * The quantised layers of a file, in the order of their names: `layers.2` comes before `layers.10`.
 * @throws Diagnostic TCT-5411, TCT-5412; those of the readers
 */
export function readLayers(file: ModelFile, { linearClass, names }: ReadLayerOptions = {}): Layer[] {
  const found = layerTensors(file, tensor => {
    const packing = packingOf(file, tensor);
    return packing === 'hf-bitnet' || packing === 'onebit' || packing === 'ternary';
  }).concat(
    file.tensors
      .filter(({ name }) => name.endsWith(billmSuffix))
      .map(tensor => ({ name: tensor.name.slice(0, -billmSuffix.length), tensor })),
  );
  return chosen(file, found, names, 'quantised layers').map(({ name, tensor }) => {
    const plan = planOf(file, name, tensor, linearClass);
    checkNumbers(file, name, plan);
    const isScaleGuessed =
      packingOf(file, tensor) === 'hf-bitnet' &&
      linearClass === undefined &&
      !['bitlinear', 'autobitlinear'].includes(file.metadata.get('linear_class') as string);
    return { name, scheme: plan.scheme, plan, isScaleGuessed };
  });
}

/**
 * The float matrices of a file, in the order of their names.
 * @throws Diagnostic TCT-5412; those of the readers
 */
export function readFloatLayers(file: ModelFile, names?: readonly string[]): FloatLayer[] {
  const found = layerTensors(file, tensor => packingOf(file, tensor) === 'floats');
  return chosen(file, found, names, 'matrices of floats').map(({ name, tensor }) => ({
    name,
    weights: { ...matrixShape(tensor.shape), data: readFloats(file, tensor) },
    bias: biasOf(file, name),
  }));
}

interface Found {
  readonly name: string;
  readonly tensor: TensorEntry;
}

/** Matrices that are what is asked for, by the names of their layers. */
function layerTensors({ tensors }: ModelFile, isWanted: (tensor: TensorEntry) => boolean): Found[] {
  return tensors
    .filter(tensor => tensor.shape.length === 2 && isWanted(tensor))
    .map(tensor => ({ name: tensor.name.replace(/\.weight$/, ''), tensor }));
}

function chosen(
  { source, tensors }: ModelFile,
  found: readonly Found[],
  names: readonly string[] | undefined,
  what: string,
): Found[] {
  const all = tensors.map(({ name }) => `'${printable(name)}'`);
  const wanted = names?.map(name => {
    const layer = name.replace(/\.weight$/, '');
    const one = found.find(each => each.name === layer);
    if (one === undefined) throw noLayers(source.name, `${what} of the name '${name}'`, all);
    return one;
  });
  const result = wanted ?? found.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  if (result.length === 0) throw noLayers(source.name, what, all);
  return result;
}

function planOf(
  file: ModelFile,
  name: string,
  tensor: TensorEntry,
  asked: LinearClass | undefined,
): LinearPlan {
  const bias = biasOf(file, name);
  const told = (key: string): string | undefined => {
    const value = file.metadata.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  if (tensor.name.endsWith(billmSuffix)) {
    const weights = readBillm(file, name, Number(told('columns_per_block') ?? 128));
    return planOfBillm(weights, { bias: fitting(file, name, bias, weights.rows) });
  }
  switch (packingOf(file, tensor)) {
    case 'onebit': {
      const { inputFactor, weightScale, ...weights } = readOneBit(file, tensor);
      return planOfOneBit(
        { ...weights, inputVector: inputFactor, outputVector: weightScale },
        {
          bias: fitting(file, name, bias, weights.rows),
          // The authors' layer always normalises, and their files tell nothing of it.
          isNormalised: (told('layer_norm') ?? String(told('scheme') === undefined)) === 'true',
        },
      );
    }
    case 'hf-bitnet': {
      const linearClass = asked ?? (told('linear_class') === 'autobitlinear' ? 'autobitlinear' : 'bitlinear');
      const packed = readHfBitnet(file, tensor, linearClass);
      const rows = packedRows(file, tensor);
      const signs = packed.trits.slice(0, rows * packed.columns);
      const weights = { rows, columns: packed.columns, signs, scale: packed.scales[0]! };
      return planOfSigns(told('scheme') === 'bitnet' ? 'bitnet' : 'b158', weights, { bias });
    }
    default: {
      const trits: TernaryTensor = readTernary(file, tensor);
      return planOfTrits(trits, { bias: fitting(file, name, bias, trits.rows) });
    }
  }
}

/** @throws Diagnostic TCT-5411 where a number of a layer is infinite or none */
function checkNumbers({ source }: ModelFile, name: string, { terms, inputVector, bias }: LinearPlan): void {
  const lists = [inputVector, bias, ...terms.map(({ scales }) => scales)];
  if (!lists.every(list => list?.every(Number.isFinite) ?? true))
    throw layerDamaged(source.name, name, 'not all of its scales, vectors and biases are finite numbers');
}

function biasOf(file: ModelFile, name: string): Float32Array | undefined {
  const tensor = file.tensors.find(each => each.name === `${name}.bias`);
  return tensor && readFloats(file, tensorNamed(file, tensor.name));
}

function fitting(
  { source }: ModelFile,
  name: string,
  bias: Float32Array | undefined,
  rows: number,
): Float32Array | undefined {
  if (bias !== undefined && bias.length !== rows)
    throw layerDamaged(source.name, name, `its bias has ${bias.length} numbers for ${rows} rows`);
  return bias;
}
