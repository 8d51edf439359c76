/** What `hdl-gen model run` works on: layers, their floats, inputs and labels, from files or from the example. */
import { loadLabels, openModel } from '../../../model/index.ts';
import { type FloatLayer, type Layer, readFloatLayers, readLayers } from '../../../model/layers/index.ts';
import type { FloatMatrix } from '../../../model/schemes/index.ts';
import { floatsDiffer, linearClassUnknown } from '../diagnostics.ts';
import { Random } from '../random.ts';
import { checkChain } from './chain.ts';
import { exampleFile, exampleScale } from './example.ts';
import type { RunValues } from './options.ts';
import { readVectors } from './vectors.ts';

/** Vectors that are taken where nobody says how many. */
const usualVectors = 4;

/** Without a file everything that is not given comes from the perceptron that the package brings along. */
export function withExample(values: RunValues): RunValues {
  if (values.file !== undefined) return values;
  const example = { ...values, file: exampleFile('b158.safetensors') };
  // Its images are what comes into its first layer, and its labels tell of its last one.
  if (values.inputs !== undefined || values.layer !== undefined) return example;
  return {
    ...example,
    inputs: exampleFile('test-images.npy'),
    inputScale: values.inputScale ?? exampleScale,
    labels: values.labels ?? exampleFile('test-labels.npy'),
  };
}

/** The layers that are run, and the float layers that they come from, where these are given. */
export function loadRun(
  path: string,
  { layer: names, linearClass, float }: RunValues,
): { readonly layers: readonly Layer[]; readonly floats: readonly FloatLayer[] } {
  const file = openModel(path);
  try {
    const layers = readLayers(file, { names, linearClass });
    const guessed = layers.find(({ isScaleGuessed }) => isScaleGuessed);
    if (guessed !== undefined) throw linearClassUnknown(path, guessed.name);
    checkChain(layers.map(({ name, plan }) => ({ name, rows: plan.rows, columns: plan.columns })));
    return { layers, floats: float === undefined ? [] : floatsFor(layers, float) };
  } finally {
    file.source.close();
  }
}

/** The float layers of the same names, or the only ones that there are. */
function floatsFor(layers: readonly Layer[], path: string): FloatLayer[] {
  const file = openModel(path);
  try {
    const isSingle = file.tensors.length === 1 && layers.length === 1;
    const floats = readFloatLayers(file, isSingle ? undefined : layers.map(({ name }) => name));
    for (const [i, { name, plan }] of layers.entries()) {
      const { rows, columns } = floats[i]!.weights;
      if (rows !== plan.rows || columns !== plan.columns)
        throw floatsDiffer(path, name, [rows, columns], [plan.rows, plan.columns]);
    }
    return floats;
  } finally {
    file.source.close();
  }
}

/** What comes into the first layer. */
export function inputsOf(
  { inputs, inputScale, n, seed }: RunValues,
  columns: number,
): { readonly vectors: FloatMatrix; readonly source: string; readonly all: number } {
  if (inputs !== undefined) {
    const { vectors, all } = readVectors(inputs, inputScale ?? 1, n ?? usualVectors);
    return { vectors, source: inputs, all };
  }
  const random = new Random(seed);
  const rows = n ?? usualVectors;
  // The sum of twelve numbers between -0.5 and 0.5 is nearly normal, and the same on every machine.
  const normal = (): number =>
    Array.from({ length: 12 }, () => random.next() / 2 ** 32 - 0.5).reduce((sum, each) => sum + each, 0);
  const data = Float32Array.from({ length: rows * columns }, normal);
  return { vectors: { rows, columns, data }, source: `drawn with seed ${seed}`, all: rows };
}

export function labelsOf(
  { labels }: RunValues,
  { vectors, all }: { readonly vectors: FloatMatrix; readonly all: number },
  classes: number,
): Int32Array | undefined {
  return labels === undefined
    ? undefined
    : loadLabels(labels, { count: all, classes }).subarray(0, vectors.rows);
}
