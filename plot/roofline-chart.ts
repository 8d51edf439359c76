import { type Area, type Axis, axisFor, drawAxes } from './axes.ts';
import { chart } from './frame.ts';
import { labelText } from './label-text.ts';
import { type Box, placeLabels } from './labels.ts';
import { marker, markerRadius } from './marker.ts';
import { element, type Part, path, text } from './svg.ts';
import { colors, textWidth, theme } from './theme.ts';

/** What limits a device, and where an array stands. All numbers are above 0. */
export interface RooflineChart {
  readonly title: string;
  readonly subtitle: string;
  /** Bytes of weights a second, in 10^9: the roof that rises with the intensity. */
  readonly weightGBytes: number | undefined;
  /** Roofs that do not depend on it, in GMAC/s. */
  readonly flat: readonly { readonly name: string; readonly gmacs: number }[];
  /** MACs for each byte of weights, and what is reached. */
  readonly point: { readonly intensity: number; readonly gmacs: number; readonly label: string };
}

const area: Area = { left: 104, right: 900, top: 92, bottom: 524 };

/** Operational intensity against rate, both logarithmic. */
export function rooflineChart({ title, subtitle, weightGBytes, flat, point }: RooflineChart): string {
  const lowest = Math.min(...flat.map(({ gmacs }) => gmacs));
  const highest = Math.max(...flat.map(({ gmacs }) => gmacs));
  // Where the rising roof meets the flat ones.
  const bends = weightGBytes === undefined ? [] : flat.map(({ gmacs }) => gmacs / weightGBytes);
  const intensities = [point.intensity / 4, point.intensity * 16, ...bends];
  const x = axisFor('MACs for each byte of weights that is read', intensities, [area.left, area.right], true);
  const rates = [point.gmacs / 2, lowest / 4, highest];
  const y = axisFor('GMAC/s', rates, [area.bottom, area.top], true);
  const lines = [
    ...flatRoofs(flat, y),
    ...(weightGBytes === undefined ? [] : [risingRoof(weightGBytes, x, y)]),
  ];
  const at = { x: x.toPixel(point.intensity), y: y.toPixel(point.gmacs) };
  const look = { color: theme.ink, background: theme.background, isFilled: true };
  return chart(
    title,
    subtitle,
    element('clipPath', { id: 'area' }, element('rect', boxAttributes(insideOf(area)))),
    drawAxes(x, y, area),
    attainable(weightGBytes, lowest, x, y),
    lines.map(({ part }) => part),
    marker('circle', at.x, at.y, look, element('title', {}, text(point.label))),
    pointLabel(
      point.label,
      at,
      lines.flatMap(({ boxes }) => boxes),
    ),
  );
}

interface Drawn {
  readonly part: Part;
  readonly boxes: readonly Box[];
}

/** The least of all roofs: a broad band behind them. */
function attainable(weightGBytes: number | undefined, lowest: number, x: Axis, y: Axis): Part {
  const right = ['H', area.right] as const;
  const flat = y.toPixel(lowest);
  const points =
    weightGBytes === undefined
      ? ([['M', area.left, flat], right] as const)
      : ([
          ['M', x.toPixel(1e-6), y.toPixel(1e-6 * weightGBytes)],
          ['L', x.toPixel(lowest / weightGBytes), flat],
          right,
        ] as const);
  const look = { fill: 'none', stroke: theme.grid, 'stroke-width': 12, 'stroke-linejoin': 'round' };
  return element('path', { d: path(points), 'clip-path': 'url(#area)', ...look });
}

/** The room that a name needs above its line, or below it. */
const nameRoom = theme.labelSize + 9;

/** Names stand above their lines at the right, or below where the next line is too near. */
function flatRoofs(flat: RooflineChart['flat'], y: Axis): Drawn[] {
  const heights = flat.map(({ gmacs }) => y.toPixel(gmacs));
  return flat.map(({ name }, i) => {
    const at = heights[i]!;
    const isClose = heights.some(other => other < at && at - other < nameRoom) || at - nameRoom < area.top;
    return flatRoof(name, at, colors[(i + 1) % colors.length]!, isClose);
  });
}

function flatRoof(name: string, at: number, color: string, isBelow: boolean): Drawn {
  const size = theme.labelSize;
  const width = textWidth(name, size);
  const box = { x: area.right - 6 - width, y: isBelow ? at + 5 : at - size - 7, width, height: size + 4 };
  const line = { x1: area.left, x2: area.right, y1: at, y2: at, stroke: color, 'stroke-width': 2.5 };
  return {
    part: element('g', {}, element('line', line), labelText(name, box, size, color)),
    boxes: [{ x: area.left, y: at - 2, width: area.right - area.left, height: 4 }, box],
  };
}

/** A straight line of slope 1, cut off at the edges of the area; its name stands along it. */
function risingRoof(weightGBytes: number, x: Axis, y: Axis): Drawn {
  const [near, far] = [1e-6, 1e9];
  const ends = [near, far].map(value => [x.toPixel(value), y.toPixel(value * weightGBytes)] as const);
  const [[x1, y1], [x2, y2]] = ends as [readonly [number, number], readonly [number, number]];
  const slope = (y2 - y1) / (x2 - x1);
  const xAt = (pixel: number): number => x1 + (pixel - y1) / slope;
  const yAt = (pixel: number): number => y1 + (pixel - x1) * slope;
  const color = colors[0];
  // Where it enters the area, at the left or from below.
  const from = Math.max(area.left, xAt(area.bottom));
  const angle = (Math.atan(slope) * 180) / Math.PI;
  const name = 'weights from memory';
  const label = { x: from + 24, y: yAt(from + 24) - 9, 'font-size': theme.labelSize, fill: color };
  const line = {
    d: path([
      ['M', x1, y1],
      ['L', x2, y2],
    ]),
    stroke: color,
    'stroke-width': 2.5,
  };
  const boxes: Box[] = [];
  for (let px = from; px < area.right; px += 6)
    boxes.push({ x: px - 3, y: yAt(px) - 14, width: 9, height: 18 });
  return {
    part: element(
      'g',
      { 'clip-path': 'url(#area)' },
      element('path', line),
      element(
        'text',
        { ...label, 'font-weight': 600, transform: `rotate(${angle} ${label.x} ${label.y})` },
        text(name),
      ),
    ),
    boxes,
  };
}

function pointLabel(
  label: string,
  { x, y }: { readonly x: number; readonly y: number },
  lines: readonly Box[],
): Part[] {
  const size = theme.labelSize;
  const r = markerRadius + 1;
  const own = { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
  const wanted = { x, y, width: textWidth(label, size), height: size + 3 };
  const [box] = placeLabels([wanted], [own], lines, insideOf(area));
  if (box === undefined) return [];
  return [labelText(label, box, size, theme.ink)];
}

function insideOf({ left, right, top, bottom }: Area): Box {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function boxAttributes({ x, y, width, height }: Box): Record<string, number> {
  return { x, y, width, height };
}
