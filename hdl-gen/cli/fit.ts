import type { Diagnostic } from '../../diagnostic/index.ts';
import type { DoesNotFit } from '../../synth/index.ts';
import { doesNotFit, mayNotFit } from './diagnostics.ts';
import { estimateOnPins, estimateStream, mostLanes } from './estimate.ts';
import { arrayConfig } from './names.ts';
import type { BuildValues } from './options.ts';
import type { Target } from './target.ts';
import type { Terminal } from './terminal.ts';

/** Above this multiple of the device the synthesis, which could take hours, is not begun. */
const hopeless = 1.5;

/**
 * Looks at the size before minutes are spent: warns where it may not fit, and stops where it cannot.
 * @throws Diagnostic TCT-6025
 */
export function refuseHopeless(values: BuildValues, target: Target, terminal: Terminal): void {
  const cells = cellsByLanes(values, target);
  const needed = Math.round(cells(values.lanes));
  const { name, lc } = target.device;
  if (needed <= lc) return;
  const largest = mostLanes(cells, lc);
  if (needed <= hopeless * lc) terminal.warn(mayNotFit(name, needed, lc, largest));
  else
    throw doesNotFit({
      device: name,
      needed,
      available: lc,
      isEstimate: true,
      largest: { lanes: largest, rows: values.rows },
    });
}

/** What to say when nextpnr found no room: the estimate, corrected by what was counted, tells what would fit. */
export function tooLarge(error: DoesNotFit, values: BuildValues, target: Target): Diagnostic {
  const { used, available } = error.resources.lc;
  if (values.circuit !== undefined || used === 0 || (error.over.length > 0 && !error.over.includes('lc')))
    return error;
  const cells = cellsByLanes(values, target);
  const correction = used / cells(values.lanes);
  const largest = Math.min(
    values.lanes - 1,
    mostLanes(lanes => correction * cells(lanes), available),
  );
  return doesNotFit({
    device: error.device,
    needed: used,
    available,
    isEstimate: false,
    largest: { lanes: largest, rows: values.rows },
  });
}

function cellsByLanes(values: BuildValues, { board }: Target): (lanes: number) => number {
  const estimate = board === undefined ? estimateOnPins : estimateStream;
  return lanes => estimate({ ...arrayConfig(values), lanes });
}
