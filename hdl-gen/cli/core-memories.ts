import { blockRams } from '../../estimate/index.ts';
import type { Device } from '../../synth/index.ts';
import type { Design, Module } from '../lang/index.ts';
import { tooFewRams } from './core-diagnostics.ts';

/** The memory blocks that a design takes. */
export interface TakenMemories {
  readonly bram: number;
  readonly spram: number;
}

/** Counts the memories of a design, each of which takes block RAMs of its own. */
export function takenMemories({ top }: Design): TakenMemories {
  let [bram, spram] = [0, 0];
  const visit = (module: Module): void => {
    if (module.foreign !== undefined) {
      if (module.foreign.name === 'SB_SPRAM256KA') spram++;
      return;
    }
    for (const { fields, depth } of module.memories)
      bram += blockRams({ width: fields.reduce((sum, { interval }) => sum + interval.width, 0), depth });
    for (const { module: inner } of module.instances) visit(inner);
  };
  visit(top);
  return { bram, spram };
}

/** @throws Diagnostic TCT-6095 where a device has too few block RAMs. */
export function requireRams({ bram }: TakenMemories, device: Pick<Device, 'name' | 'bram'>): void {
  if (bram > device.bram) throw tooFewRams(device.name, bram, device.bram);
}
