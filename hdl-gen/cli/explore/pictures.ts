import { type Series, tradeOffChart } from '../../../plot/index.ts';
import { counted, listed } from '../table.ts';
import type { CostName, ExploreDocument, ExplorePoint, FrontDocument, PointConfig } from './document.ts';
import { energyText } from './energy-text.ts';
import { costOf } from './fronts.ts';

/** What a picture says of its origin. */
type Origin = Pick<ExploreDocument, 'version' | 'tools' | 'seeds' | 'cost'>;

/**
 * The trade-off of each device as SVG, by file name: `pareto.svg`, or `pareto_up5k.svg` and so on where there are
 * several. A device without a placed point has none.
 */
export function picturesOf(
  origin: Origin,
  points: readonly ExplorePoint[],
  fronts: readonly FrontDocument[],
): Record<string, string> {
  const placed = points.filter(
    point => point.placed !== null && costOf(point.placed, origin.cost) !== undefined,
  );
  const devices = [...new Set(placed.map(({ config }) => config.device))];
  return Object.fromEntries(
    devices.map(device => [
      devices.length === 1 ? 'pareto.svg' : `pareto_${device}.svg`,
      pictureOf(
        origin,
        placed.filter(({ config }) => config.device === device),
        fronts.filter(front => front.device === device),
      ),
    ]),
  );
}

const costLabels: Readonly<Record<CostName, string>> = {
  'lc-per-mac': 'logic cells per MAC',
  lc: 'logic cells of the array',
  'pj-per-mac': 'pJ for each MAC',
};

const weightNames: Readonly<Record<PointConfig['weights'], string>> = {
  ternary: 'weights -1, 0, +1',
  binary: 'weights -1, +1',
  sparse: 'a 0 in each pair',
};

const formNames: Readonly<Record<PointConfig['form'], string>> = {
  array: 'alone',
  stream: 'with streams',
};

function pictureOf(
  { version, tools, seeds, cost }: Origin,
  points: readonly ExplorePoint[],
  fronts: readonly FrontDocument[],
): string {
  const { device } = points[0]!.config;
  const bits = [...new Set(points.map(({ config }) => config.activationBits))];
  const made = tools.map(({ name, version: of }) => `${name} ${of}`);
  const forms = new Set(points.map(({ config }) => config.form));
  const families = [...new Set(points.map(({ config }) => config.arch))];
  const label = labelOf(points);
  const series: Series[] = families.map(arch => ({
    name: arch,
    points: points
      .filter(({ config }) => config.arch === arch)
      .map(point => ({
        benefit: point.placed!.gmacs,
        cost: costOf(point.placed!, cost)!,
        tip: tipOf(point),
        ...(point.isOnFront ? { label: label(point) } : {}),
      })),
  }));
  const byId = new Map(points.map(point => [point.id, point.placed!]));
  return tradeOffChart({
    title: `Ternary MAC arrays on ${device.toUpperCase()}: ${costLabels[cost]} against speed`,
    subtitle: `${listed(bits.map(each => `int${each}`))} activations, best of ${counted(seeds.length, 'placement')} · ${made.join(', ')} · Tercet ${version}`,
    benefitLabel: 'GMAC/s at most (lanes × rows × Fmax)',
    costLabel: costLabels[cost],
    series,
    fronts: fronts.map(({ form, weights, activationBits, points: ids }) => ({
      name: [
        weightNames[weights],
        ...(bits.length === 1 ? [] : [`int${activationBits}`]),
        ...(forms.size === 1 ? [] : [formNames[form]]),
      ].join(', '),
      points: ids.map(id => ({ benefit: byId.get(id)!.gmacs, cost: costOf(byId.get(id)!, cost)! })),
    })),
  });
}

/** What tells a point from others: its lanes, and which else of its settings is not the same everywhere. */
function labelOf(points: readonly ExplorePoint[]): (point: ExplorePoint) => string {
  const varies = (key: keyof PointConfig): boolean =>
    new Set(points.map(({ config }) => config[key])).size > 1;
  const [rows, pipeline, encoding, bits] = (['rows', 'pipeline', 'encoding', 'activationBits'] as const).map(
    varies,
  );
  return ({ config }) =>
    [
      rows ? `${config.lanes} × ${config.rows} lanes` : counted(config.lanes, 'lane'),
      ...(bits ? [`int${config.activationBits}`] : []),
      ...(pipeline ? [`pipeline ${config.pipeline}`] : []),
      ...(encoding ? [config.encoding] : []),
    ].join(', ');
}

function tipOf({ config, placed }: ExplorePoint): string {
  const { lc, lcPerMac, fmaxMHz, gmacs, energyPjPerMac } = placed!;
  return [
    `${config.arch}, ${counted(config.lanes, 'lane')} x ${counted(config.rows, 'row')}, int${config.activationBits}, pipeline ${config.pipeline}, ${config.encoding}, ${formNames[config.form]}`,
    `${lc} LC, ${lcPerMac.toFixed(2)} LC per MAC`,
    `${fmaxMHz.toFixed(1)} MHz, ${gmacs.toFixed(2)} GMAC/s`,
    ...(energyPjPerMac === undefined ? [] : [`${energyText(energyPjPerMac)} pJ per MAC`]),
  ].join('\n');
}
