import type { BuildResult, ModuleResources } from '../../synth/index.ts';
import type { BlockCounts, BuildDocument, ThroughputDocument } from './build-document.ts';
import type { Check } from './check.ts';
import type { Core } from './core.ts';
import { type RooflineParts, rooflineDocument, rooflineOf } from './roofline-report.ts';
import type { Target } from './target.ts';

/** Blocks by who takes them. `top` is the path of the design. */
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

/** The rates of the array at the clock that was reached, and what limits them on this device. */
export function throughputOf(parts: {
  readonly built: BuildResult;
  readonly target: Target;
  /** The path of the design. */
  readonly top: string;
  readonly core: Core;
  /** The path from the core to what has the array, where it is not the core itself. */
  readonly inside: string | undefined;
  readonly values: RooflineParts['values'];
  /** The product that was simulated, and the part of the peak that it kept up. */
  readonly kept: NonNullable<Check['kept']>;
  /** Whether the array is placed without its streams, so that nothing feeds it. */
  readonly isAlone: boolean;
}): ThroughputDocument {
  const { built, target, top, core, values, kept, isAlone } = parts;
  const array = isAlone ? [] : [parts.inside, core.arrayInstance];
  const inside = [`${top}.core`, ...array.filter(name => name !== undefined)].join('.');
  const { lc } = countOf(
    built.report.resources.byModule,
    key => key === inside || key.startsWith(`${inside}.`),
  );
  const macsPerCycle = core.config.lanes * core.config.rows;
  const lcPerMac = lc / macsPerCycle;
  const clockMHz = built.report.timing.fmaxMHz ?? 0;
  // What stands alone is held against the roofline at its peak.
  const sustainedMacsPerCycle = macsPerCycle * (isAlone ? 1 : kept.ofPeak);
  const { product } = kept;
  const { device } = target;
  const limits = rooflineOf({ device, core, product, lcPerMac, clockMHz, sustainedMacsPerCycle, values });
  return {
    macsPerCycle,
    lcPerMac: round(lcPerMac),
    peakGmacs: round((macsPerCycle * clockMHz) / 1000),
    sustainedGmacs: isAlone ? null : round((sustainedMacsPerCycle * clockMHz) / 1000),
    rooflineGmacs: round(limits.bound.gmacs),
    roofline: rooflineDocument(limits, { product, values }),
  };
}

/** Three decimals: more would be noise. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
