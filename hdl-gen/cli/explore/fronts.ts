import { paretoFront } from '../../../explore/index.ts';
import type { CostName, ExplorePoint, FrontDocument, PlacedFigures } from './document.ts';

/** What a point costs, in the unit of `cost`; undefined where nobody has looked at its energy. */
export function costOf({ lc, lcPerMac, energyPjPerMac }: PlacedFigures, cost: CostName): number | undefined {
  if (cost === 'pj-per-mac') return energyPjPerMac?.mid;
  return cost === 'lc' ? lc : lcPerMac;
}

/**
 * Finds the fronts. Points are compared with those alone that do the same work: the same kind of weights, activations
 * of as many bits, with streams or without, on the same device.
 */
export function withFronts(
  points: readonly Omit<ExplorePoint, 'isOnFront'>[],
  cost: CostName,
): { readonly points: ExplorePoint[]; readonly fronts: FrontDocument[] } {
  const groups = new Map<string, Omit<ExplorePoint, 'isOnFront'>[]>();
  for (const point of points) {
    if (point.placed === null || costOf(point.placed, cost) === undefined) continue;
    const { device, form, weights, activationBits } = point.config;
    const name = `${device} ${form} ${weights} ${activationBits}`;
    groups.set(name, [...(groups.get(name) ?? []), point]);
  }
  const fronts = [...groups.values()].map(group => {
    const goals = group.map(({ placed }) => ({ cost: costOf(placed!, cost)!, benefit: placed!.gmacs }));
    const isOnFront = paretoFront(goals);
    const best = group.filter((_, i) => isOnFront[i]).sort((a, b) => a.placed!.gmacs - b.placed!.gmacs);
    const { device, form, weights, activationBits } = group[0]!.config;
    return { device, form, weights, activationBits, points: best.map(({ id }) => id) };
  });
  const chosen = new Set(fronts.flatMap(front => front.points));
  return { points: points.map(point => ({ ...point, isOnFront: chosen.has(point.id) })), fronts };
}
