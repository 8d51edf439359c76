import type { Diagnostic } from '../../../diagnostic/index.ts';
import type { Activity } from '../../../energy/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { type Device, type OnProgress, type PlacedOnce, placeOnce } from '../../../synth/index.ts';
import { emitVerilog } from '../../emit/index.ts';
import type { Design } from '../../lang/index.ts';
import type { Core } from '../core.ts';
import { feed } from '../feed.ts';
import { breathe } from '../interrupts.ts';
import type { Product } from '../product.ts';
import { play } from './played.ts';
import { InputRecorder, type RecordedInputs } from './recorded.ts';

/** How a product is run on a placed core. */
export interface OnPinsOptions {
  readonly device: Device;
  readonly package?: string | undefined;
  readonly clockMHz: number;
  /** What nextpnr aims at; without it the clock. */
  readonly targetMHz?: number | undefined;
  /** Cycles that are counted, once the pipeline is full. */
  readonly cycles: number;
  readonly seed: number;
  readonly onProgress?: OnProgress;
  /** Called now and then with the part of the cycles that is done. */
  readonly onBlock?: (done: number) => Promise<void>;
}

/** A placed core that was run. */
export interface RunOnPins {
  readonly placed: PlacedOnce;
  /** The name of its top module. */
  readonly top: string;
  readonly activity: Activity;
  readonly cycles: number;
  readonly warnings: readonly Diagnostic[];
}

/** Places a core behind few pins, and runs a product there, which has to last for as many cycles as are asked for. */
export async function runOnPins(core: Core, product: Product, options: OnPinsOptions): Promise<RunOnPins> {
  const { cycles, clockMHz, seed, onBlock } = options;
  const { placed, top } = await placeOnPins(core.onPins(), options);
  const recorded = await recordProduct(core, product, seed);
  const { rows: m, columns: k } = product.weights;
  // The pipeline is full when the first sum has come.
  const from = core.latency + core.cyclesPerVector({ m, k });
  const played = await play(placed, core.design().circuit, recorded, {
    ...{ clockMHz, from, cycles, seed },
    ...(onBlock === undefined ? {} : { onBlock }),
  });
  return { placed, top, ...played };
}

/** Places a design that stands behind few pins. */
export async function placeOnPins(
  design: Design,
  {
    device,
    package: packageName,
    clockMHz,
    targetMHz = clockMHz,
    seed,
    onProgress,
  }: Omit<OnPinsOptions, 'cycles' | 'onBlock'>,
  foreign: Readonly<Record<string, string>> = {},
): Promise<{ readonly placed: PlacedOnce; readonly top: string }> {
  const verilog = emitVerilog(design).map(({ name, text }) => [name, withoutOrigins(text)]);
  const top = design.top.component;
  const placed = await placeOnce({
    files: { ...Object.fromEntries(verilog), ...foreign },
    ...{ top, device, package: packageName, targetMHz, seed },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { placed, top };
}

/** Lines of our sources move with every edit, and decide nothing. */
function withoutOrigins(verilog: string): string {
  return verilog.replaceAll(/\(\* src = "[^"]*" \*\)\s*/g, '');
}

/** The inputs of a core in all cycles of a product. */
async function recordProduct(core: Core, product: Product, seed: number): Promise<RecordedInputs> {
  const recorder = new InputRecorder(createSimulation(core.design().circuit, { seed }));
  await feed(recorder, core.beatsOf(product), {
    core,
    pauses: undefined,
    onSum() {},
    onBlock: breathe,
  });
  return recorder.recorded();
}
