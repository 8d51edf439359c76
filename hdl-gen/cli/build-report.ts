import type { BuildResult, Device, ModuleResources } from '../../synth/index.ts';
import type { BlockCounts, BuildDocument, ThroughputDocument } from './build-document.ts';

/** What a memory gives in a cycle. */
const bitsPerRead = 16;

/** Blocks by who takes them. */
export function splitOf(
  byModule: Readonly<Record<string, ModuleResources>>,
  top: string,
  isWrapped: boolean,
): BuildDocument['resources']['split'] {
  const core = isWrapped ? `${top}.core` : top;
  const isCore = (key: string): boolean => key === core || key.startsWith(`${core}.`);
  const sum = (chosen: (key: string) => boolean): BlockCounts => countOf(byModule, chosen);
  return {
    core: sum(isCore),
    wrapper: sum(key => !isCore(key) && key !== 'shared'),
    shared: sum(key => key === 'shared'),
  };
}

function countOf(
  byModule: Readonly<Record<string, ModuleResources>>,
  chosen: (key: string) => boolean,
): BlockCounts {
  const total = { lc: 0, bram: 0, spram: 0, dsp: 0, io: 0 };
  for (const [key, counts] of Object.entries(byModule)) {
    if (!chosen(key)) continue;
    for (const kind of ['lc', 'bram', 'spram', 'dsp', 'io'] as const) total[kind] += counts[kind];
  }
  return total;
}

/**
 * The rates of the array at the clock that was reached.
 *
 * The roofline is what the device as a whole could do at this clock: as many arrays as its logic holds, but no more
 * MACs than its memories deliver weights for (16 bits of each RAM in a cycle).
 *
 * @param kept the part of the peak that a simulated product kept up, 0 to 1.
 */
export function throughputOf(parts: {
  readonly built: BuildResult;
  readonly device: Device;
  readonly top: string;
  readonly macsPerCycle: number;
  /** Bits of a weight in memory. */
  readonly bitsPerWeight: number;
  readonly kept: number;
}): ThroughputDocument {
  const { built, device, top, macsPerCycle, bitsPerWeight, kept } = parts;
  const array = `${top}.core.array`;
  const { lc } = countOf(
    built.report.resources.byModule,
    key => key === array || key.startsWith(`${array}.`),
  );
  const lcPerMac = lc / macsPerCycle;
  const fmaxGHz = (built.report.timing.fmaxMHz ?? 0) / 1000;
  const byLogic = device.lc / lcPerMac;
  const byMemory = (bitsPerRead / bitsPerWeight) * (device.bram + device.spram);
  return {
    macsPerCycle,
    lcPerMac: round(lcPerMac),
    peakGmacs: round(macsPerCycle * fmaxGHz),
    sustainedGmacs: round(macsPerCycle * kept * fmaxGHz),
    rooflineGmacs: round(Math.min(byLogic, byMemory) * fmaxGHz),
    rooflineLimit: byLogic <= byMemory ? 'logic' : 'memory',
  };
}

/** Three decimals: more would be noise. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
