import { type CostEstimate, type Estimated, estimateArray, estimateTable } from '../../estimate/index.ts';
import type { Device } from '../../synth/index.ts';
import type { CoreConfig } from './names.ts';

/** What a core takes on a device and reaches, before anything is synthesised. */
export function estimateCore(config: CoreConfig, device: Device | string, what: Estimated): CostEstimate {
  return config.arch === 'table' ? estimateTable(config, device, what) : estimateArray(config, device, what);
}

/** How full a device may be so that nextpnr still finds a placement. */
export const usableFraction = 0.97;

/** Lanes come in steps: of `sparse` in pairs. */
export function laneStep(arch: string | undefined): 1 | 2 {
  return arch === 'sparse' ? 2 : 1;
}

/**
 * The largest number of lanes, in steps of `step`, for which `cells` gives no more than `available`; 0 where not even one
 * step fits.
 */
export function mostLanes(cells: (lanes: number) => number, available: number, step: number): number {
  let fits = 0;
  let tooMany = Math.floor(1024 / step) + 1;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (cells(middle * step) <= usableFraction * available) fits = middle;
    else tooMany = middle;
  }
  return fits * step;
}
