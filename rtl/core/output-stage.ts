import { bit, int, mux, named, registered, type Signal, uint } from '../../hdl-gen/lang/index.ts';

/*
 * What may happen to a sum before it is handed over, in two cycles:
 *
 *     shifted   = floor(sum / 2^shift)
 *     result    = relu and shifted < 0 ? 0 : saturate ? the value of [-128, 127] that is nearest : shifted
 */

/** How results are made; all of it can change from job to job. */
export interface OutputControl {
  readonly shift: Signal;
  readonly saturate: Signal;
  readonly relu: Signal;
}

/** The shapes of the controls. */
export const outputControl = { shift: uint(4), saturate: bit, relu: bit };

/** Edges from the sum to the result. */
export const outputLatency = 2;

/** The result of a sum, `outputLatency` edges later. */
export function outputStage(sum: Signal, { shift, saturate, relu }: OutputControl): Signal {
  const { shifted } = named({ shifted: registered(sum.shiftRight(shift)) });
  const near = mux(saturate, shifted.saturate(int(8)), shifted);
  return named({ result: registered(mux(relu.and(shifted.lessThan(0)), 0, near)) }).result;
}
