import { weightLoads } from '../../../host/index.ts';
import { type CoreParameters, configurationOf, cyclesOf } from '../../../model/core/index.ts';
import { type ModelFile, openModel, packingOf, readTrits } from '../../../model/index.ts';
import { type Layer, readLayers } from '../../../model/layers/index.ts';
import { planOfTrits } from '../../../model/plan/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import type { Context, Outcome } from '../command.ts';
import { deviceHasNoMemory, linearClassUnknown } from '../diagnostics.ts';
import { writeFileSet } from '../file-set.ts';
import { chooseTarget } from '../target.ts';
import { exampleFile } from './example.ts';
import type { LoadDocument, WeightsDocument } from './pack-document.ts';
import type { PackValues } from './pack-options.ts';
import { packTable } from './pack-table.ts';

/** `hdl-gen model pack`: the words that a layer of a model is for the core of a device. */
export async function run(values: PackValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const target = chooseTarget(values);
  if (target.device.bram === 0) throw deviceHasNoMemory(target.device.name);
  const core = defaultCore(target.device);
  const path = values.file ?? exampleFile('b158.safetensors');
  const { name, plan } = layerOf(path, values);
  const { document, bytes } = interrupts.uncovered(() => {
    const image = new Image(core);
    const { inputVector, bias } = plan;
    const document: WeightsDocument = {
      schema: 'tercet.weights/1',
      version,
      model: path,
      layer: name,
      device: target.device.name,
      board: target.board?.name ?? null,
      core: { ...core },
      configuration: configurationOf(core),
      scheme: plan.scheme,
      rows: plan.rows,
      columns: plan.columns,
      rule: plan.rule,
      ...(inputVector && { inputVector: [...inputVector] }),
      products: plan.products.map(({ name, planes, columnsPerBlock, inputs }) => ({
        name,
        rows: planes.rows,
        columns: planes.columns,
        columnsPerBlock,
        ...(inputs && { inputs: [...inputs] }),
        loads: image.add(planes, columnsPerBlock),
      })),
      terms: plan.terms.map(term => ({ ...term, scales: [...term.scales] })),
      isNormalised: plan.isNormalised,
      ...(bias && { bias: [...bias] }),
      files: ['weights.bin'],
    };
    return { document, bytes: Buffer.concat(image.runs) };
  });
  const out = values.out ?? `build/${name.replaceAll(/[^\w.-]/g, '_')}`;
  const files = { 'weights.bin': bytes, 'weights.json': `${JSON.stringify(document, undefined, 2)}\n` };
  interrupts.uncovered(() => writeFileSet(out, files, 'weights.json'));
  await terminal.result(colors => packTable(document, target, bytes.length, out, colors.bold));
  return { document, exitStatus: 0 };
}

/** The layer that is asked for, or the first that is quantised. Floats that are ternary are taken too, where they are named or alone. */
function layerOf(path: string, { layer, linearClass }: PackValues): Pick<Layer, 'name' | 'plan'> {
  const file = openModel(path);
  try {
    const plain = plainTensor(file, layer);
    if (plain !== undefined)
      return { name: layerName(plain.name), plan: planOfTrits(readTrits(file, plain, 'bitlinear')) };
    const [found] = readLayers(file, { linearClass, ...(layer === undefined ? {} : { names: [layer] }) });
    if (found!.isScaleGuessed) throw linearClassUnknown(path, found!.name);
    return found!;
  } finally {
    file.source.close();
  }
}

/** A matrix of numbers that are not packed. */
function plainTensor(file: ModelFile, layer: string | undefined) {
  const tensor = file.tensors.find(({ name }) =>
    layer === undefined ? file.format === 'npy' : layerName(name) === layerName(layer),
  );
  if (tensor === undefined) return undefined;
  const packing = packingOf(file, tensor);
  return packing === 'floats' || packing === 'integers' ? tensor : undefined;
}

function layerName(tensor: string): string {
  return tensor.replace(/\.weight$/, '');
}

/** The runs of words that grow load by load. */
class Image {
  readonly runs: Uint8Array[] = [];
  readonly #core: CoreParameters;
  #size = 0;

  constructor(core: CoreParameters) {
    this.#core = core;
  }

  add(planes: ProductPlanes, columnsPerBlock: number): LoadDocument[] {
    return Array.from(weightLoads(planes, this.#core, columnsPerBlock), ({ parts, pieces }) => {
      const offset = this.#size;
      for (const { address, words } of pieces) {
        const run = new Uint8Array(8 + 4 * words.length);
        const view = new DataView(run.buffer);
        for (const [i, word] of [address, words.length, ...words].entries())
          view.setUint32(4 * i, word, true);
        this.runs.push(run);
        this.#size += run.length;
      }
      const told = parts.map(part => ({ ...part, cycles: cyclesOf(part, this.#core) }));
      return { offset, bytes: this.#size - offset, parts: told };
    });
  }
}

type ProductPlanes = Parameters<typeof weightLoads>[0];
