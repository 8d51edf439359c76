import { mkdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { encodeSafetensors, openModel } from '../../../model/index.ts';
import {
  type FloatLayer,
  layersContent,
  type NamedWeights,
  planOfWeights,
  quantiseLayer,
  readFloatLayers,
  relativeError,
  relu,
  valuesOf,
} from '../../../model/layers/index.ts';
import { bitsPerWeight, blocksOf, runOnHost } from '../../../model/plan/index.ts';
import type { FloatMatrix } from '../../../model/schemes/index.ts';
import type { Context, Outcome } from '../command.ts';
import { conflict } from '../diagnostics.ts';
import { breathe } from '../interrupts.ts';
import { writeWhole } from '../single-file.ts';
import { withProgress } from '../with-progress.ts';
import { brokenLink } from './chain.ts';
import type { QuantiseDocument } from './document.ts';
import { exampleFile, exampleScale } from './example.ts';
import type { QuantiseValues } from './options.ts';
import { quoted } from './quoted.ts';
import { quantiseTable } from './tables.ts';
import { readVectors } from './vectors.ts';

/** `hdl-gen model quantise`: matrices of floats become layers of a scheme, in a safetensors file. */
export async function run(values: QuantiseValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const { scheme, layer: names } = values;
  const isExample = values.file === undefined;
  const from = values.file ?? exampleFile('float.safetensors');
  const layers = floatLayers(from, names);
  const calibration = calibrationOf(values, isExample, layers);
  const done = await withProgress(context, async progress => {
    const found: NamedWeights[] = [];
    let inputs = calibration;
    for (const [i, { name, weights, bias }] of layers.entries()) {
      progress.update(`quantising ${name}`, '', i / layers.length);
      progress.tick();
      await breathe();
      const { search, block: columnsPerBlock } = values;
      const quantised = quantiseLayer(scheme, weights, { calibration: inputs, search, columnsPerBlock });
      found.push({ ...quantised, name, bias });
      // What comes into the next layer is what this one gives once it is quantised.
      if (inputs !== undefined && i + 1 < layers.length)
        inputs = relu(runOnHost(planOfWeights(quantised, { bias }), inputs));
    }
    return found;
  });
  const content = Buffer.concat(encodeSafetensors(layersContent(done)));
  const file = values.out ?? join('build', `${basename(from, extname(from))}.${scheme}.safetensors`);
  if (values.out === undefined) mkdirSync('build', { recursive: true });
  writeWhole(file, content, interrupts);
  const document: QuantiseDocument = {
    schema: 'tercet.model-quantise/1',
    version,
    from,
    file,
    bytes: content.length,
    scheme,
    layers: done.map((each, i) => {
      const plan = planOfWeights(each);
      return {
        name: each.name,
        rows: plan.rows,
        columns: plan.columns,
        bitsPerWeight: bitsPerWeight(plan),
        weightError: relativeError(valuesOf(each), layers[i]!.weights.data),
        planes: plan.products.map(product => ({
          name: product.name,
          rows: product.planes.rows,
          blocks: blocksOf(product),
        })),
      };
    }),
  };
  await terminal.result(colors => quantiseTable(document, colors.bold));
  const rest = isExample
    ? ` --inputs ${quoted(exampleFile('test-images.npy'))} --input-scale ${exampleScale} --labels ${quoted(exampleFile('test-labels.npy'))}`
    : '';
  terminal.say(`to run it: hdl-gen model run ${quoted(file)} --float ${quoted(from)}${rest}`);
  return { document, exitStatus: 0 };
}

function floatLayers(path: string, names: readonly string[] | undefined): FloatLayer[] {
  const file = openModel(path);
  try {
    return readFloatLayers(file, names);
  } finally {
    file.source.close();
  }
}

/** What comes into the first layer; undefined where nobody asks for it or nothing is known of it. */
function calibrationOf(
  { scheme, calibration, inputScale }: QuantiseValues,
  isExample: boolean,
  layers: readonly FloatLayer[],
): FloatMatrix | undefined {
  if (scheme !== 'billm') {
    if (calibration !== undefined)
      throw conflict('--calibration', `--scheme ${scheme}`, 'only billm looks at activations: leave it out');
    return undefined;
  }
  const broken = brokenLink(layers.map(({ name, weights }) => ({ ...weights, name })));
  if (calibration === undefined)
    return isExample && broken === undefined
      ? readVectors(exampleFile('calibration-images.npy'), inputScale ?? exampleScale).vectors
      : undefined;
  if (broken !== undefined)
    throw conflict(
      '--calibration',
      `'${broken[1].name}' behind '${broken[0].name}'`,
      'these layers do not follow each other: quantise each alone with --layer and what comes into it',
    );
  return readVectors(calibration, inputScale ?? 1).vectors;
}
