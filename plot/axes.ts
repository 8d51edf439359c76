import { scaleLinear, scaleLog } from 'd3-scale';
import { element, type Part, text } from './svg.ts';
import { theme } from './theme.ts';

/** Where the data are drawn, in pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From values to pixels, with the round values that are written beside. */
export interface Axis {
  readonly toPixel: (value: number) => number;
  readonly ticks: readonly number[];
  readonly label: string;
}

/** From this ratio on, an axis has equal distances for equal ratios. */
const logarithmicFrom = 6;

/**
 * An axis that shows all values with some room around.
 * @param values finite, at least one, all above 0 where the axis is logarithmic.
 * @param pixels where the axis begins and ends.
 * @param isLog undefined: as the values suggest.
 */
export function axisFor(
  label: string,
  values: readonly number[],
  pixels: readonly [number, number],
  isLog?: boolean,
): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLogarithmic = isLog ?? (least > 0 && most / least >= logarithmicFrom);
  if (isLogarithmic) {
    const room = Math.max(1.25, (most / least) ** 0.08);
    const scale = scaleLog([least / room, most * room], pixels);
    const decades = Math.log10((most * room ** 2) / least);
    const leading = decades > 4 ? [1] : [1, 2, 5];
    const ticks = scale
      .ticks(20)
      .filter(tick => leading.includes(Number(tick.toExponential()[0])) && isRound(tick));
    return { toPixel: scale, ticks, label };
  }
  const room = most === least ? Math.max(1, 0.1 * Math.abs(most)) : 0.08 * (most - least);
  const scale = scaleLinear(
    [Math.max(least - room, least >= 0 ? 0 : least - room), most + room],
    pixels,
  ).nice(6);
  return { toPixel: scale, ticks: scale.ticks(6), label };
}

/** Whether a tick is a single digit and zeros. */
function isRound(tick: number): boolean {
  return /^\de/.test(Number(tick.toPrecision(12)).toExponential());
}

/** 0.5, 20, 1,000 */
export function tickText(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** Grid, frame, ticks and names of both axes. */
export function drawAxes(x: Axis, y: Axis, { left, right, top, bottom }: Area): Part[] {
  const tick = { 'font-size': theme.tickSize, fill: theme.faint };
  const line = { stroke: theme.grid, 'stroke-width': 1 };
  const middle = (top + bottom) / 2;
  return [
    ...x.ticks.flatMap(value => {
      const at = x.toPixel(value);
      return [
        element('line', { x1: at, x2: at, y1: top, y2: bottom, ...line }),
        element('text', { x: at, y: bottom + 22, 'text-anchor': 'middle', ...tick }, text(tickText(value))),
      ];
    }),
    ...y.ticks.flatMap(value => {
      const at = y.toPixel(value);
      return [
        element('line', { x1: left, x2: right, y1: at, y2: at, ...line }),
        element('text', { x: left - 10, y: at + 5, 'text-anchor': 'end', ...tick }, text(tickText(value))),
      ];
    }),
    element('path', {
      d: `M${left} ${top}V${bottom}H${right}`,
      fill: 'none',
      stroke: theme.frame,
      'stroke-width': 1.5,
    }),
    element(
      'text',
      {
        x: (left + right) / 2,
        y: bottom + 52,
        'text-anchor': 'middle',
        'font-size': theme.axisSize,
        fill: theme.ink,
      },
      text(x.label),
    ),
    element(
      'text',
      {
        ...{ x: left - 62, y: middle, 'text-anchor': 'middle', 'font-size': theme.axisSize, fill: theme.ink },
        transform: `rotate(-90 ${left - 62} ${middle})`,
      },
      text(y.label),
    ),
  ];
}
