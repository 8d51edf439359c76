import { type CostEstimate, type Estimated, estimateArray, estimateTable } from '../../estimate/index.ts';
import type { Device } from '../../synth/index.ts';
import type { CoreConfig } from './names.ts';

/** What a core takes on a device and reaches, before anything is synthesised. */
export function estimateCore(config: CoreConfig, device: Device | string, what: Estimated): CostEstimate {
  return config.arch === 'table' ? estimateTable(config, device, what) : estimateArray(config, device, what);
}

/** How full a device may be so that nextpnr still finds a placement. */
export const usableFraction = 0.97;

/** The largest number of lanes for which `cells` gives no more than `available`; 0 where not even one fits. */
export function mostLanes(cells: (lanes: number) => number, available: number): number {
  let fits = 0;
  let tooMany = 1025;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (cells(middle) <= usableFraction * available) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
