import { estimateArray, type Routing } from '../../estimate/index.ts';
import type { MeasuredPoint } from './measured.ts';

/** How far an estimate is from what was measured, as a fraction of it; more than 0 where it is too high. */
export interface Errors {
  /** Of the logic cells of the array or stream itself. */
  readonly cells: number;
  readonly clock: number;
}

/** How far the model is off at a point. */
export function errorsAt(point: MeasuredPoint, routing?: Routing): Errors {
  const { form, device, cells, fmaxMHz, allCells: _, ...array } = point;
  const own = estimateArray(array, device, { form, onPins: false });
  // The clock is that of the whole chip, with the small wrapper of the sweep.
  const whole = estimateArray(array, device, {
    form,
    onPins: true,
    ownBits: false,
    ...(routing && { routing }),
  });
  return { cells: own.lc.used / cells - 1, clock: whole.fmaxMHz / fmaxMHz - 1 };
}
