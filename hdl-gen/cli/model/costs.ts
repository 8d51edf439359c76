import { type CoreParameters, cyclesOf, type Part, partsOf, trafficOf } from '../../../model/core/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import { devices } from '../../../synth/index.ts';
import type { CostDocument } from './inspect-document.ts';

/** What a plane of so many rows and columns takes with one vector; undefined where the core is too small for any part of it. */
export type CostOf = (rows: number, columns: number) => Omit<CostDocument, 'device'> | undefined;

/** A device with the core that it is built with where nothing else is asked for. */
export interface CostedCore {
  readonly device: string;
  readonly core: CoreParameters;
  readonly costOf: CostOf;
}

/** The devices that have memory for a core. Several have the same one, whose costs are worked out once. */
export function costedCores(): CostedCore[] {
  const same = new Map<string, { readonly core: CoreParameters; readonly costOf: CostOf }>();
  return devices
    .filter(({ bram }) => bram > 0)
    .map(device => {
      const core = defaultCore(device);
      const key = JSON.stringify(core);
      const found = same.get(key) ?? { core, costOf: costsOn(core) };
      same.set(key, found);
      return { device: device.name, ...found };
    });
}

/** Costs on a core. The matrices of a model have few sizes, and so have the parts of each, so each size is worked out once. */
function costsOn(core: CoreParameters): CostOf {
  const ofPart = remembered(
    (part: Part) => {
      const { weights, activations, results } = trafficOf(part, core);
      const bytes = { weights: 4 * weights, activations: 4 * activations, results: 4 * results };
      return { cycles: cyclesOf(part, core), bytes };
    },
    ({ rows, columns, columnsPerBlock, blocks }) => [rows, columns, columnsPerBlock, blocks].join(),
  );
  const ofMatrix = remembered(
    ({ rows, columns }: { rows: number; columns: number }) => {
      const loads = partsOf({ rows, columns, columnsPerBlock: columns }, core);
      if (loads === undefined) return undefined;
      let cycles = 0;
      const bytes = { weights: 0, activations: 0, results: 0 };
      for (const load of loads)
        for (const part of load) {
          const cost = ofPart(part);
          cycles += cost.cycles;
          for (const what of ['weights', 'activations', 'results'] as const) bytes[what] += cost.bytes[what];
        }
      return { cycles, loads: loads.length, bytes };
    },
    ({ rows, columns }) => [rows, columns].join(),
  );
  return (rows, columns) => ofMatrix({ rows, columns });
}

function remembered<T, R>(work: (of: T) => R, keyOf: (of: T) => string): (of: T) => R {
  const known = new Map<string, R>();
  return of => {
    const key = keyOf(of);
    if (!known.has(key)) known.set(key, work(of));
    return known.get(key)!;
  };
}
