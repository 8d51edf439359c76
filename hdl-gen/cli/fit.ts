import type { Diagnostic } from '../../diagnostic/index.ts';
import type { CostEstimate } from '../../estimate/index.ts';
import type { Device, DoesNotFit } from '../../synth/index.ts';
import { doesNotFit, mayNotFit } from './diagnostics.ts';
import { estimateCore, laneStep, mostLanes } from './estimate.ts';
import { arrayConfig, type CoreConfig } from './names.ts';
import type { BuildValues } from './options.ts';
import type { Target } from './target.ts';
import type { Terminal } from './terminal.ts';

/** Above this multiple of the device the synthesis, which could take hours, is not begun. */
export const hopeless = 1.5;

/**
 * Looks at the size before minutes are spent: warns where it may not fit, and stops where it cannot.
 * @throws Diagnostic TCT-6025
 */
export function refuseHopeless(values: BuildValues, target: Target, terminal: Terminal): void {
  const cells = cellsByLanes(values, target);
  const needed = Math.round(cells(values.lanes));
  const { name, lc } = target.device;
  if (needed <= lc) return;
  const largest = { lanes: mostLanes(cells, lc, laneStep(values.arch)), rows: values.rows };
  const told = { device: name, needed, available: lc, largest };
  if (needed > hopeless * lc) throw doesNotFit({ ...told, isEstimate: true });
  terminal.warn(mayNotFit({ ...told, isHopeless: false }));
}

/** What the array takes on a device and reaches; warns where it is more than there is. */
export function estimateOn(device: Device, array: CoreConfig, terminal: Terminal): CostEstimate {
  const { name, lc } = device;
  const estimate = (lanes: number) =>
    estimateCore({ ...array, lanes }, device, { form: 'stream', onPins: false });
  const cells = (lanes: number): number => estimate(lanes).lc.used;
  const cost = estimate(array.lanes);
  const needed = cost.lc.used;
  if (needed > lc) {
    const largest = { lanes: mostLanes(cells, lc, laneStep(array.arch)), rows: array.rows };
    const isHopeless = needed > hopeless * lc;
    terminal.warn(mayNotFit({ device: name, needed, available: lc, isHopeless, largest }));
  }
  return cost;
}

/** What to say when nextpnr found no room: the estimate, corrected by what was counted, tells what would fit. */
export function tooLarge(error: DoesNotFit, values: BuildValues, target: Target): Diagnostic {
  const { used, available } = error.resources.lc;
  const isArray = values.circuit === undefined && values.arch !== 'hardwired';
  if (!isArray || used === 0 || (error.over.length > 0 && !error.over.includes('lc'))) return error;
  const cells = cellsByLanes(values, target);
  const correction = used / cells(values.lanes);
  const step = laneStep(values.arch);
  const largest = Math.min(
    values.lanes - step,
    mostLanes(lanes => correction * cells(lanes), available, step),
  );
  return doesNotFit({
    device: error.device,
    needed: used,
    available,
    isEstimate: false,
    largest: { lanes: largest, rows: values.rows },
  });
}

function cellsByLanes(values: BuildValues, { board, device }: Target): (lanes: number) => number {
  const what = { form: 'stream', onPins: board === undefined } as const;
  const array = arrayConfig(values);
  return lanes => estimateCore({ ...array, lanes }, device, what).lc.used;
}
