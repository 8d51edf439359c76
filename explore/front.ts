/** What a configuration costs and what it gives; both are finite. */
export interface Goals {
  /** The less the better. */
  readonly cost: number;
  /** The more the better. */
  readonly benefit: number;
}

/**
 * Which points lie on the Pareto front: a point does so if no other one costs at most as much and gives at least as much,
 * and is better in one of the two. Of equal points all do.
 */
export function paretoFront(points: readonly Goals[]): boolean[] {
  const order = points
    .map((_, i) => i)
    .sort((a, b) => points[b]!.benefit - points[a]!.benefit || points[a]!.cost - points[b]!.cost);
  const isOnFront = points.map(() => false);
  // From the highest benefit down, a point has to be cheaper than all before it.
  let cheapest = Number.POSITIVE_INFINITY;
  let last: Goals | undefined;
  for (const i of order) {
    const point = points[i]!;
    const isEqual = point.cost === last?.cost && point.benefit === last.benefit;
    if (point.cost >= cheapest && !isEqual) continue;
    isOnFront[i] = true;
    cheapest = point.cost;
    last = point;
  }
  return isOnFront;
}
