import { noOutputStage, shiftWrong } from './diagnostics.ts';

/** What happens to each sum, in this order. */
export interface OutputStage {
  /** Bits by which it is shifted to the right, 0 to 15; it is rounded down. 0 by default. */
  readonly shift?: number;
  /** Whether what is below 0 becomes 0. */
  readonly relu?: boolean;
  /** Whether it becomes the nearest of -128 to 127. */
  readonly saturate?: boolean;
}

/** The most that the register `outputStage` can shift by. */
const mostShift = 15;

/** Whether sums are handed over as they are. */
export function isPlain({ shift = 0, relu = false, saturate = false }: OutputStage): boolean {
  return shift === 0 && !relu && !saturate;
}

/** @throws Diagnostic TCT-8034 for a shift that there is not, TCT-8035 for a core whose results cannot be changed. */
export function checkOutput(output: OutputStage, hasStage: boolean): void {
  const { shift = 0 } = output;
  if (!Number.isInteger(shift) || shift < 0 || shift > mostShift) throw shiftWrong(shift, mostShift);
  if (!hasStage && !isPlain(output)) throw noOutputStage();
}

/** The same for a sum that the host has added up of several jobs. */
export function throughStage(
  sum: number,
  { shift = 0, relu = false, saturate = false }: OutputStage,
): number {
  const shifted = Math.floor(sum / 2 ** shift);
  const low = relu ? 0 : saturate ? -128 : Number.NEGATIVE_INFINITY;
  return Math.min(Math.max(shifted, low), saturate ? 127 : Number.POSITIVE_INFINITY);
}
