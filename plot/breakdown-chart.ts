import { chart } from './frame.ts';
import { element, type Part, text } from './svg.ts';
import { colors, textWidth, theme } from './theme.ts';

/** What something is made of, as bars: one for each part, in rows with a heading. */
export interface BreakdownChart {
  readonly title: string;
  readonly subtitle: string;
  readonly unit: string;
  readonly groups: readonly {
    readonly name: string;
    /** The largest first; each with the ends of its uncertainty. */
    readonly parts: readonly {
      readonly name: string;
      readonly low: number;
      readonly mid: number;
      readonly high: number;
    }[];
  }[];
}

const left = 300;
const right = 860;
const firstRow = 100;
const mostRows = 19;

/** Bars from 0 to the middle value, and a line from low to high over each. */
export function breakdownChart({ title, subtitle, unit, groups }: BreakdownChart): string {
  const highest = Math.max(...groups.flatMap(({ parts }) => parts.map(({ high }) => high)));
  const toPixel = (value: number): number => left + (value / highest) * (right - left);
  const rows = groups.reduce((sum, { parts }) => sum + parts.length + 1, 0);
  const step = Math.min(27, (theme.height - firstRow - 20) / Math.max(rows, Math.min(rows, mostRows)));
  let row = 0;
  const drawn: Part[] = [];
  for (const [g, group] of groups.entries()) {
    drawn.push(heading(group.name, firstRow + step * row++ + step / 2));
    for (const part of group.parts)
      drawn.push(
        bar(part, firstRow + step * row++ + step / 2, step, colors[g % colors.length]!, { toPixel, unit }),
      );
  }
  const axis = { x1: left, x2: left, y1: firstRow, y2: firstRow + step * row, stroke: theme.frame };
  return chart(title, subtitle, element('line', axis), drawn);
}

function heading(name: string, y: number): Part {
  const look = { x: 40, y: y + 5, 'font-size': theme.labelSize, 'font-weight': 600, fill: theme.ink };
  return element('text', look, text(name));
}

function bar(
  { name, low, mid, high }: BreakdownChart['groups'][number]['parts'][number],
  y: number,
  step: number,
  color: string,
  { toPixel, unit }: { readonly toPixel: (value: number) => number; readonly unit: string },
): Part {
  const size = theme.labelSize;
  const height = Math.min(16, step * 0.65);
  const room = left - 60;
  const most = Math.floor(room / textWidth('x', size));
  // Of a long path the end tells most.
  const shown = name.length > most ? `…${name.slice(name.length - most + 1)}` : name;
  const [x1, x2] = [toPixel(low), toPixel(high)];
  const line = { stroke: theme.ink, 'stroke-width': 1.5 };
  const value = `${mid.toPrecision(3)} ${unit}`;
  return element(
    'g',
    {},
    element('title', {}, text(`${name}: ${low.toPrecision(3)} to ${high.toPrecision(3)} ${unit}`)),
    element(
      'text',
      { x: left - 8, y: y + 5, 'font-size': size, 'text-anchor': 'end', fill: theme.ink },
      text(shown),
    ),
    element('rect', { x: left, y: y - height / 2, width: toPixel(mid) - left, height, fill: color }),
    element('line', { x1, x2, y1: y, y2: y, ...line }),
    ...[x1, x2].map(x => element('line', { x1: x, x2: x, y1: y - 4, y2: y + 4, ...line })),
    element('text', { x: x2 + 8, y: y + 5, 'font-size': size, fill: theme.faint }, text(value)),
  );
}
