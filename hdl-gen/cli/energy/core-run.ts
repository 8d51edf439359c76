import { TernaryDevice } from '../../../host/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import type { PlacedOnce } from '../../../synth/index.ts';
import type { MemorySubject } from '../memory-subject.ts';
import type { Product } from '../product.ts';
import { firstRows } from './long-product.ts';
import { type OnPinsOptions, placeOnPins } from './on-pins.ts';
import { type Played, play } from './played.ts';
import { InputRecorder, type RecordedInputs } from './recorded.ts';

/** A product that a host has made with a core, through its interface. */
interface CoreRun {
  readonly recorded: RecordedInputs;
  /** The cycles of the product, from the first word of its activations to the last result. */
  readonly product: { readonly from: number; readonly cycles: number; readonly vectors: number };
  /** The cycles behind it, in which nobody wants anything. */
  readonly rest: { readonly from: number; readonly cycles: number };
}

/** What was counted in a placed core. */
export interface PlayedCore {
  readonly placed: PlacedOnce;
  /** The name of its top module. */
  readonly top: string;
  /** While the host multiplies, and while it wants nothing. */
  readonly working: Played;
  readonly rest: Played;
  readonly cyclesPerVector: number;
}

/**
 * Places a core behind what it speaks and few pins, and plays what a host does there: it loads the weights, and makes a product of so many
 * vectors that it takes `cycles` at least. Vectors come from the first one again where there are fewer.
 */
export async function playCore(
  core: Pick<MemorySubject, 'core' | 'spoken' | 'rate'>,
  circuit: Circuit,
  product: Product,
  options: OnPinsOptions,
): Promise<PlayedCore> {
  const { cycles, clockMHz, seed, onBlock } = options;
  const ran = await runCore(core, circuit, product, { cycles, seed });
  const { placed, top } = await placeOnPins(core.spoken.onPins(core.core, core.rate), options);
  const common = { clockMHz, seed };
  const working = await play(placed, circuit, ran.recorded, {
    ...{ ...common, ...ran.product },
    ...(onBlock === undefined ? {} : { onBlock }),
  });
  const rest = await play(placed, circuit, ran.recorded, { ...common, ...ran.rest });
  return { placed, top, working, rest, cyclesPerVector: ran.product.cycles / ran.product.vectors };
}

/** Cycles of rest: all that moves in it comes again after a few. */
const restCycles = 500;

/** Groups of vectors that a product has at least, where they do not take too long: its begin and its end count less then. */
const leastGroups = 8;
const longCycles = 20_000;

/** Has a host load the weights and make a product, and records what it does. */
async function runCore(
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
