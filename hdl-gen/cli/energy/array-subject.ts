import type { IntMatrix, TritMatrix } from '../../../model/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { placeOnce } from '../../../synth/index.ts';
import { emitVerilog } from '../../emit/index.ts';
import { BuildProgress } from '../build-progress.ts';
import type { Context } from '../command.ts';
import { type Core, coreOf } from '../core.ts';
import { feed } from '../feed.ts';
import { estimateOn } from '../fit.ts';
import { breathe } from '../interrupts.ts';
import { loadProduct } from '../load-product.ts';
import { arrayName, sizeText, toldArrayConfig } from '../names.ts';
import type { Product } from '../product.ts';
import { requireArray, requireNoForm } from '../streamed.ts';
import type { Target } from '../target.ts';
import { withProgress } from '../with-progress.ts';
import { inLanes } from './column-order.ts';
import type { EnergyValues } from './options.ts';
import { play } from './played.ts';
import { InputRecorder, type RecordedInputs } from './recorded.ts';
import type { Subject } from './subject.ts';

/** Places the array between its streams behind few pins, and runs it there with a product. */
export async function arraySubject(
  values: EnergyValues,
  target: Target,
  clockMHz: number,
  context: Context,
): Promise<Subject> {
  requireArray('hdl-gen energy', values);
  requireNoForm(values);
  const config = toldArrayConfig(values, context.terminal);
  estimateOn(target.device, config, context.terminal);
  const core = coreOf(config);
  const { seed, cycles } = values;
  const { m, k, cyclesPerVector, product, inputs } = productFor(values, core);
  const circuit = core.design().circuit;
  const design = core.onPins({ ownBits: true });
  const verilog = emitVerilog(design).map(({ name, text }) => [name, withoutOrigins(text)]);
  return withProgress(context, async progress => {
    const shown = new BuildProgress(progress, 1);
    shown.start();
    const placed = await placeOnce({
      ...{ files: Object.fromEntries(verilog), top: design.top.component, device: target.device, seed },
      ...{ package: target.package, targetMHz: clockMHz, onProgress: shown.onProgress },
    });
    const recorded = await recordProduct(core, product, seed);
    // The pipeline is full when the first sum has come.
    const from = core.latency + cyclesPerVector;
    const { activity, ...played } = await play(placed, circuit, recorded, {
      ...{ clockMHz, from, cycles, seed },
      async onBlock(done) {
        progress.update('counting changes', '', done);
        await breathe();
      },
    });
    const top = design.top.component;
    const { arrayInstance } = core;
    return {
      name: `${arrayName(values)}_${target.board?.name ?? target.device.name}`,
      what: `${sizeText(config)}, ${config.arch ?? 'tree'}, int${config.activationBits}`,
      ...{ design: placed.design, activity, cycles: played.cycles, warnings: played.warnings, inputs },
      fmaxMHz: placed.fmaxMHz,
      array: {
        ...{ m, k, cyclesPerVector, macsPerCycle: (m * k) / cyclesPerVector },
        coreModule: `${top}.core`,
        arrayModule: arrayInstance === undefined ? `${top}.core` : `${top}.core.${arrayInstance}`,
      },
    };
  });
}

/** Lines of our sources move with every edit, and decide nothing. */
function withoutOrigins(verilog: string): string {
  return verilog.replaceAll(/\(\* src = "[^"]*" \*\)\s*/g, '');
}

/** A product that takes as many cycles as are asked for, and a vector more. */
function productFor(values: EnergyValues, core: Core) {
  const loaded = loadProduct({ ...values, n: undefined }, core);
  const { rows: m, columns: k } = loaded.weights;
  const cyclesPerVector = core.cyclesPerVector({ m, k });
  const n = 2 + Math.ceil((values.cycles + core.latency) / cyclesPerVector);
  const order = values.columnOrder === 'lanes' ? inLanes(k, core.config.lanes) : undefined;
  const product = {
    weights: reordered(loaded.weights, order),
    activations: reordered(firstRows(loaded.activations, n), order),
  };
  const { weights, activations } = loaded.sources;
  return { m, k, cyclesPerVector, product, inputs: `weights ${weights}, activations ${activations}` };
}

/** So many rows of a matrix, from its begin again where it has fewer. */
function firstRows({ rows, columns, data }: IntMatrix, count: number): IntMatrix {
  const found = new Int32Array(count * columns);
  for (let row = 0; row < count; row++) {
    const from = (row % rows) * columns;
    found.set(data.subarray(from, from + columns), row * columns);
  }
  return { rows: count, columns, data: found };
}

/** The columns in another order, in which -1 stands for a column of zeros. */
function reordered<T extends IntMatrix | TritMatrix>(matrix: T, order: readonly number[] | undefined): T {
  if (order === undefined) return matrix;
  const { rows, columns } = matrix;
  const size = rows * order.length;
  const data = matrix.data instanceof Int8Array ? new Int8Array(size) : new Int32Array(size);
  for (let row = 0; row < rows; row++)
    for (const [to, from] of order.entries())
      if (from >= 0) data[row * order.length + to] = matrix.data[row * columns + from]!;
  return { ...matrix, columns: order.length, data };
}

/** The inputs of a core in all cycles of a product. */
export async function recordProduct(core: Core, product: Product, seed: number): Promise<RecordedInputs> {
  const simulation = createSimulation(core.design().circuit, { seed });
  const recorder = new InputRecorder(simulation);
  const beats = core.beatsOf(product);
  await feed(recorder, beats, {
    rows: core.config.rows,
    pauses: undefined,
    onSum() {},
    onBlock: breathe,
  });
  return recorder.recorded();
}
