import { TernaryDevice } from '../../../host/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import type { MemorySubject } from '../memory-subject.ts';
import type { Product } from '../product.ts';
import { firstRows } from './long-product.ts';
import { InputRecorder, type RecordedInputs } from './recorded.ts';

/** A product that a host has made with a core, through its interface. */
export interface CoreRun {
  readonly recorded: RecordedInputs;
  /** The cycles of the product, from the first word of its activations to the last result. */
  readonly product: { readonly from: number; readonly cycles: number; readonly vectors: number };
  /** The cycles behind it, in which nobody wants anything. */
  readonly rest: { readonly from: number; readonly cycles: number };
}

/** Cycles of rest: all that moves in it comes again after a few. */
const restCycles = 500;

/** Groups of vectors that a product has at least, where they do not take too long: its begin and its end count less then. */
const leastGroups = 8;
const longCycles = 20_000;

/**
 * Has a host load the weights and make a product of so many vectors that it takes `cycles` at least, and records what it does.
 * Vectors come from the first one again where there are fewer.
 */
export async function runCore(
  { core, spoken, rate }: Pick<MemorySubject, 'core' | 'spoken' | 'rate'>,
  circuit: Circuit,
  { weights, activations }: Product,
  { cycles, seed }: { readonly cycles: number; readonly seed: number },
): Promise<CoreRun> {
  const recorder = new InputRecorder(createSimulation(circuit, { seed }));
  const port = spoken.port(recorder, rate);
  recorder.reset();
  const device = await TernaryDevice.over(port, core);
  await device.loadWeights(weights);
  const product = async (vectors: number) => {
    const from = recorder.cycle;
    await device.matmul(firstRows(activations, vectors));
    return { from, cycles: recorder.cycle - from, vectors };
  };
  // How long a group takes hangs on the interface as much as on the core.
  const { cycles: ofGroup } = await product(core.batch);
  const groups = Math.max(
    Math.ceil(cycles / ofGroup),
    Math.min(leastGroups, Math.ceil(longCycles / ofGroup)),
  );
  const ran = await product(groups * core.batch);
  for (const [name, value] of Object.entries(spoken.rest)) recorder.set(name, value);
  const from = recorder.cycle;
  recorder.run(recorder.stimulus(restCycles));
  await device.close();
  return { recorded: recorder.recorded(), product: ran, rest: { from, cycles: restCycles } };
}
