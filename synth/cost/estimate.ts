import { type Device, findDevice } from '../devices.ts';
import { blockRams } from './block-rams.ts';
import { periodOf, type Routing } from './clock.ts';
import { fittedRouting } from './routing.ts';
import type { Structure } from './structure.ts';

/** What a circuit will take on a device and reach, before anything is synthesised. */
export interface CostEstimate {
  readonly device: string;
  readonly lc: { readonly used: number; readonly available: number };
  readonly bram: { readonly used: number; readonly available: number };
  /** The highest clock: about what the best of four placements reaches. */
  readonly fmaxMHz: number;
}

/**
 * Works out what a structure takes on a device, whether it fits or not; `bench/cost` tells how far off it is.
 * @param device a device or its name.
 * @param routing what the fit changes; without it what it has found.
 * @throws Diagnostic TCT-4001 for an unknown device.
 */
export function estimateCost(
  structure: Structure,
  device: Device | string,
  routing: Routing = fittedRouting,
): CostEstimate {
  const found = typeof device === 'string' ? findDevice(device) : device;
  const { name, lc, bram } = found;
  const memories = structure.memories ?? [];
  return {
    device: name,
    lc: { used: Math.round(structure.cells), available: lc },
    bram: { used: memories.reduce((sum, memory) => sum + blockRams(memory), 0), available: bram },
    fmaxMHz: 1000 / periodOf(structure, found, routing),
  };
}
