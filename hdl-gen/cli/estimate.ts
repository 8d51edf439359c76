import { type CostEstimate, type Estimated, estimateArray, estimateTable } from '../../estimate/index.ts';
import { tableLanes } from '../../rtl/ternary/index.ts';
import type { Device } from '../../synth/index.ts';
import type { CoreConfig } from './names.ts';

/** What a core takes on a device and reaches, before anything is synthesised. */
export function estimateCore(config: CoreConfig, device: Device | string, what: Estimated): CostEstimate {
  return config.arch === 'table' ? estimateTable(config, device, what) : estimateArray(config, device, what);
}

/**
 * How full a device may be so that nextpnr still finds a placement: arrays are carry chains, and in what is left of the columns
 * no more of them find a place.
 */
export const usableFraction = 0.9;

/** Of what a core needs more than a device has. */
export interface Shortage {
  readonly of: 'logic cells' | 'block RAMs';
  readonly needed: number;
  readonly available: number;
  /** Beyond any error of the estimate: a synthesis, which could take hours, is not worth its begin. */
  readonly isHopeless: boolean;
}

/** Above this multiple of the logic cells of a device the estimate is not that wrong. */
const hopeless = 1.5;

/** What there is too little of; undefined where there is enough. Block RAMs are counted and not estimated. */
export function shortageOf({ lc, bram }: Pick<CostEstimate, 'lc' | 'bram'>): Shortage | undefined {
  if (bram.used > bram.available)
    return { of: 'block RAMs', needed: bram.used, available: bram.available, isHopeless: true };
  if (lc.used <= lc.available) return undefined;
  const isHopeless = lc.used > hopeless * lc.available;
  return { of: 'logic cells', needed: lc.used, available: lc.available, isHopeless };
}

/** Whether there is room, with so much more logic than was estimated, and with what nextpnr needs to find a placement. */
export function hasRoom({ lc, bram }: Pick<CostEstimate, 'lc' | 'bram'>, correction = 1): boolean {
  return correction * lc.used <= usableFraction * lc.available && bram.used <= bram.available;
}

/** Lanes come in steps: of `sparse` in pairs, of `table` in tables of five, as others take the same room. */
export function laneStep(arch: string | undefined): number {
  return arch === 'sparse' ? 2 : arch === 'table' ? tableLanes : 1;
}

/** The largest number of lanes, in steps of `step`, for which there is room; 0 where there is none for one step. */
export function mostLanes(isRoomFor: (lanes: number) => boolean, step: number): number {
  let fits = 0;
  let tooMany = Math.floor(1024 / step) + 1;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (isRoomFor(middle * step)) fits = middle;
    else tooMany = middle;
  }
  return fits * step;
}
