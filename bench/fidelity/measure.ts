import { elaborate } from '../../hdl-gen/lang/index.ts';
import { runLinear, SimulatedPort, TernaryDevice } from '../../host/index.ts';
import { accuracy } from '../../model/index.ts';
import { planOfWeights, quantiseLayer, relativeError, relu } from '../../model/layers/index.ts';
import {
  bitsPerWeight,
  costOf,
  type LinearPlan,
  runOnHost,
  type Scheme,
  schemes,
  sumsOf,
} from '../../model/plan/index.ts';
import type { FloatMatrix, Search } from '../../model/schemes/index.ts';
import { ternaryCore } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { atMost, forComparison, type Row, type Subject } from '../row.ts';
import { type EnergyBand, energyOfCycle } from './energy.ts';
import { fashion, floatOutputs, random, type Source, trained } from './sources.ts';

/** What each way to quantise is called. */
const titles: Readonly<Record<Scheme, string>> = {
  bitnet: 'BitNet',
  b158: 'BitNet b1.58',
  onebit: 'OneBit',
  billm: 'BiLLM',
};

const core = defaultCore({ bram: 30, spram: 4 });

/** Vectors of each layer that go through the simulated core too. */
const simulated = 2;

/** The four schemes on the same float layers: bits, errors, accuracy, cycles and bytes; every scheme on the simulated core. */
export const measure: Subject = async add => {
  const { circuit } = elaborate(ternaryCore(core));
  const device = await TernaryDevice.over(new SimulatedPort('the core', createSimulation(circuit)), core);
  const energy = energyOfCycle(core);
  const to: Target = { add, device, energy };
  const images = fashion();
  const sources = [
    images,
    random('Gaussian [256,512]', 'gaussian', 256, 512),
    random('heavy tail [256,512]', 'heavy', 256, 512),
  ];
  for (const source of sources) {
    const floats = floatOutputs(source.layers, source.inputs);
    if (source.labels !== undefined)
      add(
        forComparison(`${source.name}, floats: right of 1,000`, 100 * accuracy(floats, source.labels), '%'),
      );
    for (const scheme of schemes) await report(to, source, titles[scheme], quantised(source, scheme), floats);
    const name = `${titles.billm}, searching weights as the paper`;
    await report(to, source, name, quantised(source, 'billm', 'weights'), floats);
  }
  // These have other weights than the floats, so only their answers can be compared.
  for (const scheme of ['bitnet', 'b158', 'onebit'] as const) {
    const plans = trained(scheme).map(({ plan }) => plan);
    await report(to, images, `${titles[scheme]}, trained so`, plans, undefined);
  }
  await device.close();
};

/** The plans of a source's layers; each is calibrated with what the ones before give once they are quantised. */
function quantised(
  { layers, calibration }: Source,
  scheme: Scheme,
  search: Search = 'saliency',
): LinearPlan[] {
  let inputs = calibration;
  return layers.map(({ weights, bias }, i) => {
    const plan = planOfWeights(quantiseLayer(scheme, weights, { calibration: inputs, search }), { bias });
    if (scheme === 'billm' && i + 1 < layers.length) inputs = relu(runOnHost(plan, inputs));
    return plan;
  });
}

/** Where layers run, what a cycle takes there, and where the figures go. */
interface Target {
  readonly add: (row: Row) => void;
  readonly device: TernaryDevice;
  readonly energy: EnergyBand;
}

async function report(
  { add, device, energy }: Target,
  { name, inputs, labels }: Source,
  title: string,
  plans: readonly LinearPlan[],
  floats: FloatMatrix | undefined,
): Promise<void> {
  let vectors = inputs;
  let wrong = 0;
  for (const [i, plan] of plans.entries()) {
    if (i > 0) vectors = relu(vectors);
    wrong += await wrongSums(device, plan, vectors);
    vectors = runOnHost(plan, vectors);
  }
  const weights = plans.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const bits = plans.reduce((sum, plan) => sum + bitsPerWeight(plan) * plan.rows * plan.columns, 0);
  const costs = plans.map(plan => costOf(plan, core, 1)!);
  const total = (of: (cost: (typeof costs)[number]) => number): number =>
    costs.reduce((sum, cost) => sum + of(cost), 0);
  add(forComparison(`${name}, ${title}: bits for each weight`, bits / weights, ''));
  if (floats !== undefined)
    add(forComparison('  error of the outputs', 100 * relativeError(vectors.data, floats.data), '%'));
  if (labels !== undefined) add(forComparison('  right of 1,000', 100 * accuracy(vectors, labels), '%'));
  add(
    forComparison(
      '  cycles for a vector',
      total(({ cycles }) => cycles),
      '',
    ),
  );
  const [low, mid, high] = [energy.low, energy.mid, energy.high].map(
    each => 1e-6 * each * total(({ cycles }) => cycles),
  );
  const band = `${low!.toPrecision(3)} to ${high!.toPrecision(3)}`;
  add(forComparison(`  energy of the array for a vector (${band})`, mid!, 'uJ'));
  add(
    forComparison(
      '  bytes of weights that are loaded',
      total(({ bytes }) => bytes.weights),
      '',
    ),
  );
  add(
    forComparison(
      '  bytes of activations and sums for a vector',
      total(({ bytes }) => bytes.activations + bytes.results),
      '',
    ),
  );
  add(atMost(0, `  sums of ${simulated} vectors that differ on the simulated core`, wrong, ''));
}

/** Sums of the first vectors that the simulated core gives otherwise than plain integers. */
async function wrongSums(device: TernaryDevice, plan: LinearPlan, vectors: FloatMatrix): Promise<number> {
  const { columns, data } = vectors;
  const some = { rows: simulated, columns, data: data.slice(0, simulated * columns) };
  const { sums, quantised: integers } = await runLinear(device, plan, some);
  return plan.products
    .flatMap((product, i) => Array.from(sumsOf(product, integers), (sum, at) => sum !== sums[i]!.data[at]))
    .filter(isWrong => isWrong).length;
}
