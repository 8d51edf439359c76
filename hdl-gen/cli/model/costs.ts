import type { CoreParameters } from '../../../model/core/index.ts';
import { costOfShapes, type PlanCost } from '../../../model/plan/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import { devices } from '../../../synth/index.ts';
import type { CostDocument } from './inspect-document.ts';

/** What a plane of so many rows and columns takes with one vector, whose sums are told apart for each block of columns; undefined where the core is too small for any part of it. */
export type CostOf = (
  rows: number,
  columns: number,
  columnsPerBlock?: number,
) => Omit<CostDocument, 'device'> | undefined;

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

/** Costs on a core. The matrices of a model have few sizes, so each is worked out once. */
function costsOn(core: CoreParameters): CostOf {
  const known = new Map<string, ReturnType<CostOf>>();
  return (rows, columns, columnsPerBlock = columns) => {
    const key = `${rows},${columns},${columnsPerBlock}`;
    if (!known.has(key))
      known.set(key, toldCost(costOfShapes([{ rows, columns, columnsPerBlock }], core, 1)));
    return known.get(key);
  };
}

/** What the document tells of a cost. */
export function toldCost(cost: PlanCost | undefined): ReturnType<CostOf> {
  return cost && { cycles: cost.cycles, loads: cost.loads, bytes: cost.bytes };
}
