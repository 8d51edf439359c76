import { element, type Part, path } from './svg.ts';
import type { Shape } from './theme.ts';

/** Half of the size of a marker, in pixels. */
export const markerRadius = 6.5;

/** A marker; one that is not filled has the background inside. */
export function marker(
  shape: Shape,
  x: number,
  y: number,
  look: { readonly color: string; readonly background: string; readonly isFilled: boolean },
  ...inside: readonly Part[]
): Part {
  const paint = {
    fill: look.isFilled ? look.color : look.background,
    stroke: look.color,
    'stroke-width': 2,
    'stroke-linejoin': 'round',
  };
  const r = markerRadius;
  if (shape === 'circle') return element('circle', { cx: x, cy: y, r: r - 0.5, ...paint }, ...inside);
  return element('path', { d: outline(shape, x, y, r), ...paint }, ...inside);
}

function outline(shape: Exclude<Shape, 'circle'>, x: number, y: number, r: number): string {
  const corners: Record<typeof shape, readonly (readonly [number, number])[]> = {
    square: [
      [-0.85, -0.85],
      [0.85, -0.85],
      [0.85, 0.85],
      [-0.85, 0.85],
    ],
    triangle: [
      [0, -1.1],
      [1.05, 0.8],
      [-1.05, 0.8],
    ],
    down: [
      [0, 1.1],
      [1.05, -0.8],
      [-1.05, -0.8],
    ],
    diamond: [
      [0, -1.2],
      [1.1, 0],
      [0, 1.2],
      [-1.1, 0],
    ],
    plus: [
      [-0.4, -1.1],
      [0.4, -1.1],
      [0.4, -0.4],
      [1.1, -0.4],
      [1.1, 0.4],
      [0.4, 0.4],
      [0.4, 1.1],
      [-0.4, 1.1],
      [-0.4, 0.4],
      [-1.1, 0.4],
      [-1.1, -0.4],
      [-0.4, -0.4],
    ],
  };
  const points = corners[shape].map(([dx, dy]) => [x + dx * r, y + dy * r] as const);
  return `${path(points.map(([px, py], i) => [i === 0 ? 'M' : 'L', px, py] as const))}Z`;
}
