import type { Diagnostic } from '../../diagnostic/index.ts';
import type { CostEstimate } from '../../estimate/index.ts';
import type { Device, DoesNotFit } from '../../synth/index.ts';
import { doesNotFit, mayNotFit } from './diagnostics.ts';
import { estimateCore, hasRoom, laneStep, mostLanes, type Shortage, shortageOf } from './estimate.ts';
import { hasMemories } from './interfaces.ts';
import { arrayConfig, type CoreConfig } from './names.ts';
import type { BuildValues } from './options.ts';
import type { Target } from './target.ts';
import type { Terminal } from './terminal.ts';

/**
 * Looks at the size before minutes are spent: warns where it may not fit, and stops where it cannot.
 * @throws Diagnostic TCT-6025
 */
export function refuseHopeless(values: BuildValues, target: Target, terminal: Terminal): void {
  const estimate = estimateByLanes(values, target);
  const shortage = shortageOf(estimate(values.lanes));
  if (shortage === undefined) return;
  const told = toldOf(shortage, target.device, values, lanes => hasRoom(estimate(lanes)));
  if (shortage.isHopeless) throw doesNotFit({ ...told, isEstimate: true });
  terminal.warn(mayNotFit(told));
}

/** What the array takes on a device and reaches; warns where it is more than there is. */
export function estimateOn(device: Device, array: CoreConfig, terminal: Terminal): CostEstimate {
  const estimate = (lanes: number) =>
    estimateCore({ ...array, lanes }, device, { form: 'stream', onPins: false });
  const cost = estimate(array.lanes);
  const shortage = shortageOf(cost);
  if (shortage !== undefined)
    terminal.warn(mayNotFit(toldOf(shortage, device, array, lanes => hasRoom(estimate(lanes)))));
  return cost;
}

/** What to say when nextpnr found no room: the estimate, corrected by what was counted, tells what would fit. */
export function tooLarge(error: DoesNotFit, values: BuildValues, target: Target): Diagnostic {
  const { used, available } = error.resources.lc;
  const isArray =
    values.circuit === undefined && values.arch !== 'hardwired' && !hasMemories(values.interface);
  if (!isArray || used === 0 || (error.over.length > 0 && !error.over.includes('lc'))) return error;
  const estimate = estimateByLanes(values, target);
  const correction = used / estimate(values.lanes).lc.used;
  const smaller = values.lanes - laneStep(values.arch);
  const shortage = { of: 'logic cells', needed: used, available, isHopeless: true } as const;
  const isRoomFor = (lanes: number) => lanes <= smaller && hasRoom(estimate(lanes), correction);
  return doesNotFit({ ...toldOf(shortage, target.device, values, isRoomFor), isEstimate: false });
}

/** What a message tells: what there is too little of, and the lanes that would do. */
function toldOf(
  shortage: Shortage,
  { name }: Device,
  { arch, rows }: Pick<BuildValues, 'rows'> & { readonly arch?: string | undefined },
  isRoomFor: (lanes: number) => boolean,
) {
  return { ...shortage, device: name, largest: { lanes: mostLanes(isRoomFor, laneStep(arch)), rows } };
}

function estimateByLanes(values: BuildValues, { board, device }: Target): (lanes: number) => CostEstimate {
  const what = { form: 'stream', onPins: board === undefined } as const;
  const array = arrayConfig(values);
  return lanes => estimateCore({ ...array, lanes }, device, what);
}
