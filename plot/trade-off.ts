import { type Area, type Axis, axisFor, drawAxes } from './axes.ts';
import { chart } from './frame.ts';
import { labelText } from './label-text.ts';
import { type Box, placeLabels } from './labels.ts';
import { marker, markerRadius } from './marker.ts';
import { element, type Part, path, text } from './svg.ts';
import { colors, shapes, textWidth, theme } from './theme.ts';

/** A point of a trade-off: what it costs and what it gives, both above 0. */
export interface TradeOffPoint {
  readonly benefit: number;
  readonly cost: number;
  /** A tooltip. */
  readonly tip: string;
  /** Written beside the point; undefined for points that are not on a front. */
  readonly label?: string | undefined;
}

/** Points of one colour and shape. */
export interface Series {
  readonly name: string;
  readonly points: readonly TradeOffPoint[];
}

/** The points that nothing beats, those with the least benefit first, and what the line is called. */
export interface FrontLine {
  readonly name: string;
  readonly points: readonly Pick<TradeOffPoint, 'benefit' | 'cost'>[];
}

/** A chart of costs against benefits. */
export interface TradeOff {
  readonly title: string;
  readonly subtitle: string;
  readonly benefitLabel: string;
  readonly costLabel: string;
  /** At least one point in all. */
  readonly series: readonly Series[];
  readonly fronts: readonly FrontLine[];
}

const area: Area = { left: 104, right: 752, top: 92, bottom: 524 };

/** Costs upwards, benefits to the right: better is further down and further right. */
export function tradeOffChart(data: TradeOff): string {
  const points = data.series.flatMap((series, index) => series.points.map(point => ({ ...point, index })));
  const x = axisFor(
    data.benefitLabel,
    points.map(({ benefit }) => benefit),
    [area.left, area.right],
  );
  const y = axisFor(
    data.costLabel,
    points.map(({ cost }) => cost),
    [area.bottom, area.top],
  );
  const at = points.map(point => ({ ...point, x: x.toPixel(point.benefit), y: y.toPixel(point.cost) }));
  const steps = data.fronts.map(({ points: front }) => stepsOf(front, x, y));
  return chart(
    data.title,
    data.subtitle,
    drawAxes(x, y, area),
    steps.map(frontLine),
    at.map(point => {
      const look = {
        color: colorOf(point.index),
        background: theme.background,
        isFilled: point.label !== undefined,
      };
      const tip = element('title', {}, text(point.tip));
      return marker(shapeOf(point.index), point.x, point.y, look, tip);
    }),
    labelsOf(at, steps),
    legend(data),
    better(),
  );
}

const colorOf = (index: number): string => colors[index % colors.length]!;
const shapeOf = (index: number) => shapes[index % shapes.length]!;

type Corner = readonly [x: number, y: number];

/** What each benefit costs at least, as corners of a staircase from the left edge to the last point. */
function stepsOf(front: FrontLine['points'], x: Axis, y: Axis): Corner[] {
  let from = area.left;
  return front.flatMap(({ benefit, cost }) => {
    const step: Corner[] = [
      [from, y.toPixel(cost)],
      [x.toPixel(benefit), y.toPixel(cost)],
    ];
    from = x.toPixel(benefit);
    return step;
  });
}

/** Each front has a line of its own kind. */
const dashes = [undefined, '8 4', '2 4', '12 4 2 4'] as const;

function frontLine(corners: readonly Corner[], index: number): Part {
  const d = path(corners.map(([x, y], i) => [i === 0 ? 'M' : 'L', x, y] as const));
  return element('path', { d, ...lineLook(index) });
}

function lineLook(index: number): Record<string, string | number | undefined> {
  const dash = dashes[index % dashes.length];
  return {
    ...{ fill: 'none', stroke: theme.faint, 'stroke-width': 1.75 },
    ...{ 'stroke-linejoin': 'round', 'stroke-dasharray': dash },
  };
}

function labelsOf(
  points: readonly (TradeOffPoint & { readonly index: number; readonly x: number; readonly y: number })[],
  steps: readonly (readonly Corner[])[],
): Part[] {
  const size = theme.labelSize;
  const labelled = points.filter(({ label }) => label !== undefined);
  const wanted = labelled.map(({ x, y, label }) => ({
    x,
    y,
    width: textWidth(label!, size),
    height: size + 3,
  }));
  const r = markerRadius + 1;
  const markers = points.map(({ x, y }) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r }));
  const inside = {
    ...{ x: area.left + 4, y: area.top },
    ...{ width: area.right + 40 - area.left, height: area.bottom - area.top - 4 },
  };
  const boxes = placeLabels(wanted, markers, steps.flatMap(boxesOf), inside);
  return boxes.flatMap((box, i) => {
    if (box === undefined) return [];
    const { index, label } = labelled[i]!;
    return [labelText(label!, box, size, colorOf(index))];
  });
}

/** The parts of a line as boxes. */
function boxesOf(corners: readonly Corner[]): Box[] {
  return corners.slice(1).map(([x, y], i) => {
    const [px, py] = corners[i]!;
    return {
      ...{ x: Math.min(x, px) - 2, y: Math.min(y, py) - 2 },
      ...{ width: Math.abs(x - px) + 4, height: Math.abs(y - py) + 4 },
    };
  });
}

function legend({ series, fronts }: TradeOff): Part[] {
  const [x, top, step] = [area.right + 56, area.top + 12, 27];
  const label = { 'font-size': theme.tickSize, fill: theme.ink };
  const y = (row: number): number => top + row * step;
  const named = (row: number, name: string): Part =>
    element('text', { x: x + 20, y: y(row) + 5, ...label }, text(name));
  const look = (color: string, isFilled: boolean) => ({ color, background: theme.background, isFilled });
  const heading = series.length + 1;
  return [
    ...series.flatMap(({ name }, i) => [marker(shapeOf(i), x, y(i), look(colorOf(i), true)), named(i, name)]),
    marker('circle', x, y(series.length), look(theme.faint, false)),
    named(series.length, 'not on a front'),
    ...(fronts.length > 1
      ? [element('text', { x: x - 10, y: y(heading) + 12, ...label }, text('Pareto fronts for'))]
      : []),
    ...fronts.flatMap(({ name }, i) => {
      const row = fronts.length > 1 ? heading + 1 + i : heading;
      const d = path([
        ['M', x - 12, y(row) + 5],
        ['H', x],
        ['V', y(row) - 5],
        ['H', x + 12],
      ]);
      return [element('path', { d, ...lineLook(i) }), named(row, fronts.length > 1 ? name : 'Pareto front')];
    }),
  ];
}

/** An arrow to where all is better. */
function better(): Part[] {
  const [x, y] = [area.right + 56, area.bottom - 40];
  const stroke = { fill: 'none', stroke: theme.faint, 'stroke-width': 2, 'stroke-linecap': 'round' };
  return [
    element('text', { x, y: y - 8, 'font-size': theme.tickSize, fill: theme.faint }, text('better')),
    element('path', {
      d: path([
        ['M', x, y],
        ['l', 30, 30],
        ['m', -11, 0],
        ['h', 11],
        ['v', -11],
      ]),
      ...stroke,
    }),
  ];
}
