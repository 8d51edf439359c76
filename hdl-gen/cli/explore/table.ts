import { grouped } from '../table.ts';

import type { ExplorePoint } from './document.ts';
import { energyText } from './energy-text.ts';

/** How a line is made to stand out, or to stand back. */
export interface Emphasis {
  bold(text: string): string;
  dim(text: string): string;
}

/** A column: its name, and what stands in it. */
type Column = readonly [name: string, text: (point: ExplorePoint) => string, isText?: boolean];

const settings: readonly Column[] = [
  ['device', ({ config }) => config.device, true],
  ['family', ({ config }) => config.arch, true],
  ['encoding', ({ config }) => config.encoding, true],
  ['form', ({ config }) => config.form, true],
  ['lanes', ({ config }) => String(config.lanes)],
  ['rows', ({ config }) => String(config.rows)],
  ['bits', ({ config }) => String(config.activationBits)],
  ['pipeline', ({ config }) => String(config.pipeline)],
];

const figures: readonly Column[] = [
  ['LC', ({ placed }) => grouped(placed!.lc)],
  ['LC/MAC', ({ placed }) => placed!.lcPerMac.toFixed(2)],
  ['MHz', ({ placed }) => placed!.fmaxMHz.toFixed(1)],
  ['GMAC/s', ({ placed }) => placed!.gmacs.toFixed(2)],
];

/** Where somebody has asked for it. */
const energy: Column = [
  'pJ/MAC',
  ({ placed }) => (placed!.energyPjPerMac === undefined ? '' : energyText(placed!.energyPjPerMac)),
];

const outcomes: Readonly<Record<Exclude<ExplorePoint['outcome'], 'placed'>, string>> = {
  'does-not-fit': 'does not fit',
  impossible: 'cannot be',
  failed: 'failed',
  missing: 'missing',
};

/** All points, a line each; `*` marks those on the front. Of settings that are the same everywhere only the main ones show. */
export function pointsTable(points: readonly ExplorePoint[], colors: Emphasis): string {
  const shown = settings.filter(
    ([name, text]) => ['family', 'lanes', 'rows'].includes(name) || new Set(points.map(text)).size > 1,
  );
  const hasEnergy = points.some(({ placed }) => placed?.energyPjPerMac !== undefined);
  const columns = [...shown, ...figures, ...(hasEnergy ? [energy] : [])];
  const cells = points.map(point =>
    columns.map(([, text], i) => (i >= shown.length && point.placed === null ? '' : text(point))),
  );
  const widths = columns.map(([name], i) => Math.max(name.length, ...cells.map(row => row[i]!.length)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (columns[i]![2] === true ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ');
  const head = colors.dim(`    ${line(columns.map(([name]) => name))}`);
  const rows = points.map((point, i) => {
    if (point.outcome !== 'placed') {
      const why = `${outcomes[point.outcome]}${point.why === null ? '' : `: ${point.why}`}`;
      return colors.dim(`    ${line(cells[i]!.slice(0, shown.length))}  ${why}`);
    }
    return point.isOnFront ? colors.bold(`  * ${line(cells[i]!)}`) : `    ${line(cells[i]!)}`;
  });
  return [head, ...rows].join('\n');
}
