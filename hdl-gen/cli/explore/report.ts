import { toolPackages, toolVersion } from '../../../synth/index.ts';
import type { Context, Outcome } from '../command.ts';
import { explorationFailed, nothingPlaced } from '../diagnostics.ts';
import { writeFileSet } from '../file-set.ts';
import { columns, counted, listed } from '../table.ts';
import { type Configuration, pointConfig } from './configurations.ts';
import type { ExploreDocument, ExplorePoint, Finding, ToolVersion } from './document.ts';
import { withFronts } from './fronts.ts';
import { picturesOf } from './pictures.ts';
import { pointsTable } from './table.ts';

/** The tools that decide a placement. */
export function placingTools(): ToolVersion[] {
  return (['yosys', 'nextpnr-ice40'] as const).map(tool => ({
    name: toolPackages[tool],
    version: toolVersion(tool) ?? 'not installed',
  }));
}

/** A configuration with what came of it. */
export function pointOf(configuration: Configuration, found: Finding): Omit<ExplorePoint, 'isOnFront'> {
  return { id: configuration.id, config: pointConfig(configuration), ...found };
}

/** What a document is made of. */
type DocumentParts = Omit<ExploreDocument, 'schema' | 'points' | 'fronts' | 'files'> & {
  readonly points: readonly Omit<ExplorePoint, 'isOnFront'>[];
};

/** Writes the document and its pictures, prints the table, and says what failed. */
export async function report(
  parts: DocumentParts,
  out: string,
  { terminal }: Pick<Context, 'terminal'>,
): Promise<Outcome> {
  const { points, fronts } = withFronts(parts.points, parts.cost);
  const pictures = picturesOf(parts, points, fronts);
  const document: ExploreDocument = {
    schema: 'tercet.explore/1',
    ...parts,
    points,
    fronts,
    files: Object.keys(pictures),
  };
  const content = { ...pictures, 'explore.json': `${JSON.stringify(document, undefined, 2)}\n` };
  writeFileSet(out, content, 'explore.json');
  await terminal.result(colors => {
    const onFront = points.filter(({ isOnFront }) => isOnFront).length;
    const weighed = weighedNames[parts.cost];
    const lines = [
      ['explored', countsOf(points)],
      ['front *', `${counted(onFront, 'point')} that none beats in both ${weighed} and GMAC/s`],
      ['files', `${out}/: ${listed(Object.keys(content))}`],
    ] as const;
    return `${pointsTable(points, colors)}\n\n${columns(lines, colors.bold)}`;
  });
  const failed = points.filter(({ outcome }) => outcome === 'failed');
  const isNothing = points.every(({ outcome }) => outcome !== 'placed');
  if (failed.length > 0) terminal.fail(explorationFailed(failed.length, points.length, failed[0]!.why ?? ''));
  else if (isNothing) terminal.fail(nothingPlaced(points.length));
  const isWell = failed.length === 0 && !isNothing && points.every(({ outcome }) => outcome !== 'missing');
  return { document: { ...document, out }, exitStatus: isWell ? 0 : 1 };
}

const weighedNames: Readonly<Record<ExploreDocument['cost'], string>> = {
  'lc-per-mac': 'logic cells per MAC',
  lc: 'logic cells',
  'pj-per-mac': 'energy per MAC',
};

const words = {
  placed: 'placed',
  'does-not-fit': 'too large for the device',
  impossible: 'not possible',
  failed: 'failed',
  missing: 'missing',
} as const satisfies Record<ExplorePoint['outcome'], string>;

/** `12 configurations: 10 placed, 2 too large for the device` */
export function countsOf(points: readonly Pick<ExplorePoint, 'outcome'>[]): string {
  const parts = Object.entries(words).map(([outcome, word]) => {
    const count = points.filter(point => point.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(points.length, 'configuration')}: ${parts.flat().join(', ')}`;
}
