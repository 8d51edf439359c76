import { type Metadata, openModel, printable } from '../../../model/index.ts';
import { billmSuffix } from '../../../model/layers/index.ts';
import type { Context, Outcome } from '../command.ts';
import { withProgress } from '../with-progress.ts';
import { type CostedCore, costedCores } from './costs.ts';
import { exampleFile } from './example.ts';
import type { CostDocument, DeviceDocument, ModelDocument, TensorDocument } from './inspect-document.ts';
import type { InspectValues } from './inspect-options.ts';
import { inspectTable } from './inspect-table.ts';
import { lookAt } from './look.ts';
import { quoted } from './quoted.ts';

/** Texts of the metadata up to this length are told. */
const longestText = 80;

/** `hdl-gen model inspect`: what is in a model file, and what its matrices would take. */
export async function run(values: InspectValues, context: Context): Promise<Outcome> {
  const { terminal, version } = context;
  const path = values.file ?? exampleFile('b158.safetensors');
  const file = openModel(path);
  try {
    const cores = costedCores();
    const chosen = file.tensors.filter(({ name }) => name.includes(values.tensors ?? ''));
    const tensors = await withProgress(context, async progress => {
      const looked: TensorDocument[] = [];
      for (const [i, tensor] of chosen.entries()) {
        progress.update('looking at the tensors', printable(tensor.name), i / chosen.length);
        looked.push(await lookAt(file, tensor, values.whole, cores));
      }
      return looked;
    });
    const document: ModelDocument = {
      schema: 'tercet.model/1',
      version,
      file: path,
      format: file.format,
      formatVersion: file.version ?? null,
      bytes: file.source.size,
      metadata: toldMetadata(file.metadata),
      tensors,
      devices: cores.map(core => together(core, tensors)),
    };
    await terminal.result(colors => inspectTable(document, colors.bold));
    const next = hints(path, tensors);
    if (next.length > 0) terminal.hint(next);
    return { document, exitStatus: 0 };
  } finally {
    file.source.close();
  }
}

function toldMetadata(metadata: Metadata): Record<string, string | number | boolean> {
  return Object.fromEntries(
    metadata.keys.map(key => {
      const type = metadata.typeOf(key)!;
      // Lists are not even read.
      const value = type.includes('[') ? `(${type})` : metadata.get(key)!;
      if (typeof value === 'bigint') return [key, String(value)];
      if (typeof value === 'string' && value.length > longestText)
        return [key, `${value.slice(0, longestText)}...`];
      return [key, value as string | number | boolean];
    }),
  );
}

/** The costs of all matrices on a core. */
function together({ device, core }: CostedCore, tensors: readonly TensorDocument[]): DeviceDocument {
  const costs = tensors.flatMap(({ layer }) => layer?.costs.filter(cost => cost.device === device) ?? []);
  const sum = (of: (cost: CostDocument) => number): number =>
    costs.reduce((total, cost) => total + of(cost), 0);
  return {
    device,
    lanes: core.lanes,
    matrices: costs.length,
    cycles: sum(({ cycles }) => cycles),
    loads: sum(({ loads }) => loads),
    bytes: {
      weights: sum(({ bytes }) => bytes.weights),
      activations: sum(({ bytes }) => bytes.activations),
      results: sum(({ bytes }) => bytes.results),
    },
  };
}

/** What could be done next with this file. */
function hints(path: string, tensors: readonly TensorDocument[]): string[] {
  const layers = tensors.flatMap(({ name, layer }) => (layer === null ? [] : [{ name, ...layer }]));
  const ready = layers.find(({ exact }) => exact.length > 0);
  const chosen = layers.length === 1 ? '' : ` --layer ${quoted(layerName(ready?.name ?? ''))}`;
  return [
    ...(ready === undefined ? [] : [`hdl-gen model pack ${quoted(path)}${chosen}`]),
    ...(layers.some(({ byQuantising }) => byQuantising.length > 0)
      ? [`hdl-gen model quantise ${quoted(path)}`]
      : []),
  ];
}

/** The name of the layer that a tensor is the weights of. */
function layerName(tensor: string): string {
  return tensor.endsWith(billmSuffix)
    ? tensor.slice(0, -billmSuffix.length)
    : tensor.replace(/\.weight$/, '');
}
