/* A layer on a simulated core, against its scheme: the integers element by element, and the floats within rounding. */
import { elaborate } from '../../../hdl-gen/lang/index.ts';
import { runLinear, SimulatedPort, TernaryDevice, type WordPort } from '../../../host/index.ts';
import type { CoreParameters } from '../../../model/core/index.ts';
import { addressOf, windowAddressBits } from '../../../protocol/index.ts';
import { ternaryCore } from '../../../rtl/core/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import type { SchemeCase } from './scheme-case.ts';

/** A core at its port, without a wire. */
export async function openCore(core: CoreParameters): Promise<TernaryDevice> {
  return await TernaryDevice.over(simulatedPort(core), core);
}

function simulatedPort(core: CoreParameters): SimulatedPort {
  return new SimulatedPort('the core', createSimulation(elaborate(ternaryCore(core)).circuit));
}

/** Bytes that go through the port of a core, those of registers aside. */
export interface Counted {
  weights: number;
  activations: number;
  results: number;
}

/** The same with what goes through its port counted. Initial values count as weights, with which they come. */
export async function openCounted(
  core: CoreParameters,
): Promise<{ readonly device: TernaryDevice; readonly counted: Counted }> {
  const port = simulatedPort(core);
  const counted: Counted = { weights: 0, activations: 0, results: 0 };
  const initialValues = addressOf('activations', 2 ** (windowAddressBits - 1));
  const count = (address: number, words: number): void => {
    if (address >= addressOf('results', 0)) counted.results += 4 * words;
    else if (address >= addressOf('activations', 0) && address < initialValues)
      counted.activations += 4 * words;
    else if (address >= addressOf('weights', 0)) counted.weights += 4 * words;
  };
  const counting: WordPort = {
    name: port.name,
    counts: port.counts,
    synchronise: () => port.synchronise(),
    close: () => port.close(),
    read: (address, count, options) => port.read(address, count, options),
    writeAll(pieces, options) {
      for (const { address, words } of pieces) count(address, words.length);
      return port.writeAll(pieces, options);
    },
    exchange(steps, options) {
      for (const step of steps) count(step.address, 'words' in step ? step.words.length : step.count);
      return port.exchange(steps, options);
    },
  };
  return { device: await TernaryDevice.over(counting, core), counted };
}

export interface Verdict {
  /** Sums that were compared, and how many differ. */
  readonly sums: number;
  readonly wrong: number;
  /** The largest distance of an output from float64, in roundings of float32 of the largest sum of its magnitudes. */
  readonly roundings: number;
  readonly cycles: number;
}

export async function judge(device: TernaryDevice, each: SchemeCase): Promise<Verdict> {
  const { plan, inputs, values } = each;
  const run = await runLinear(device, plan, inputs);
  const { data: integers, scales } = run.quantised;
  const expected = each.sums(integers);
  let sums = 0;
  let wrong = 0;
  for (const [product, list] of expected.entries()) {
    const found = run.sums[product]!.data;
    sums += list.length;
    if (found.length !== list.length) wrong += list.length;
    else for (const [i, sum] of list.entries()) if (found[i] !== sum) wrong++;
  }
  let roundings = 0;
  const { rows, columns } = plan;
  for (let n = 0; n < inputs.rows; n++)
    for (let m = 0; m < rows; m++) {
      let output = plan.bias?.[m] ?? 0;
      let magnitude = Math.abs(output);
      for (let k = 0; k < columns; k++) {
        const part = (values[m * columns + k]! * integers[n * columns + k]!) / scales[n]!;
        output += part;
        magnitude += Math.abs(part);
      }
      const away = Math.abs(run.outputs.data[n * rows + m]! - output);
      if (away > 0) roundings = Math.max(roundings, away / (magnitude * 2 ** -23));
    }
  return { sums, wrong, roundings, cycles: run.cycles };
}
