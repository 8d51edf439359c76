/** A rectangle, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A label that belongs to a point. */
export interface Wanted {
  /** The point. */
  readonly x: number;
  readonly y: number;
  /** The size of the label. */
  readonly width: number;
  readonly height: number;
}

/** Distances from the point at which a label may lie, the nearest first. */
const distances = [11, 18, 28, 40, 55, 72];

/** How much further away a label rather lies than on something to be avoided. */
const detour = 12;

/** Directions from the point, the best first: right of it, above, below, left, then between. */
const directions = [
  [1, 0],
  [0.7, -0.8],
  [0, -1],
  [0.7, 0.8],
  [0, 1],
  [-1, 0],
  [-0.7, -0.8],
  [-0.7, 0.8],
] as const;

/**
 * Places labels near their points so that none lies on another, on an obstacle or outside.
 * @param avoided boxes on which a label lies only where the way around is long, such as parts of a line.
 * @returns the box of each label; undefined where no place is free.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  obstacles: readonly Box[],
  avoided: readonly Box[],
  inside: Box,
): (Box | undefined)[] {
  const placed: (Box | undefined)[] = [];
  for (const label of wanted) {
    const taken = [...obstacles, ...placed.filter(box => box !== undefined)];
    let best: { readonly box: Box; readonly badness: number } | undefined;
    for (const { box, distance } of candidates(label)) {
      if (!contains(inside, box) || taken.some(other => overlaps(box, other))) continue;
      const badness = distance + detour * avoided.filter(other => overlaps(box, other)).length;
      if (best === undefined || badness < best.badness) best = { box, badness };
    }
    placed.push(best?.box);
  }
  return placed;
}

function candidates({ x, y, width, height }: Wanted): { readonly box: Box; readonly distance: number }[] {
  return distances.flatMap(distance =>
    directions.map(([dx, dy]) => ({
      box: {
        x: x + dx * distance + (dx > 0 ? 0 : dx < 0 ? -1 : -0.5) * width,
        y: y + dy * distance + (dy > 0 ? 0 : dy < 0 ? -1 : -0.5) * height,
        width,
        height,
      },
      distance,
    })),
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
