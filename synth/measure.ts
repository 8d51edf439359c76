/**
 * What a design takes on a device and how fast it gets, found once: each placement is kept in the cache by all that
 * decides it, so what was broken off goes on where it was, and what was measured before is there at once.
 */
import { cacheFolder, keyOf, readCached, writeCached } from './cache.ts';
import { type Device, findDevice, findPackage } from './devices.ts';
import { DoesNotFit, NoPlacement, NotInTime, type ResourceKind, type ResourceTable } from './diagnostics.ts';
import { ice40Files } from './ice40-script.ts';
import { nextpnrArguments, type Placement, placeAndRoute, preparePlacing } from './nextpnr.ts';
import type { OnProgress } from './progress.ts';
import { type ResourceReport, readReport } from './report.ts';
import type { FileSet } from './tool.ts';
import { toolVersion } from './tool-package.ts';
import { type Synthesis, synthesise, synthesisScript } from './yosys.ts';

/** What to measure. */
export interface MeasureRequest {
  /** Verilog by file name. */
  readonly files: FileSet;
  readonly top: string;
  readonly device: Device | string;
  /** The clock that nextpnr aims at, in MHz, more than 0. */
  readonly targetMHz: number;
  /** nextpnr's seeds, at least one; they run one after the other. */
  readonly seeds: readonly number[];
  /** See `PlaceRequest`. */
  readonly timingWeight?: number | undefined;
  /** Pin constraints; without them the ports go to whichever pins are best. */
  readonly pcf?: string | undefined;
  /** Seconds that nextpnr has for each seed; without it, as long as it takes. A seed that was late counts as one without a place. */
  readonly limitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Where the measurements are kept; without it the user's cache folder. */
  readonly cache?: string | undefined;
}

/** A design that has a place on its device. */
export interface Measured {
  readonly fits: true;
  readonly resources: ResourceReport;
  /** The best of the seeds, and which it was; null if no path is clocked. */
  readonly fmaxMHz: number | null;
  readonly seed: number;
  /** What each seed reached; null where nextpnr found no placement. */
  readonly seeds: readonly { readonly seed: number; readonly fmaxMHz: number | null }[];
}

/** A design that has none, with any of the seeds. */
export interface Unplaceable {
  readonly fits: false;
  readonly resources: ResourceTable;
  /** What is needed more often than it is there; empty where only the way was not found. */
  readonly over: readonly ResourceKind[];
  /** Seconds after which nextpnr was stopped, where it had found neither a place nor that there is none. */
  readonly stoppedAfter?: number;
}

/** What was found with one seed. */
type Entry =
  | { readonly fits: true; readonly resources: ResourceReport; readonly fmaxMHz: number | null }
  | Unplaceable;

/**
 * Measures a design: what is known is recalled, the rest is synthesised once and placed with each seed that is missing.
 * Each seed is kept as soon as it is done. Seeds that fail are passed over as long as one does not.
 * @throws Diagnostic TCT-4001 for an unknown device; what `synthesise` and `placeAndRoute` throw, except that a design
 *   without a place is a result.
 */
export async function measure(request: MeasureRequest): Promise<Measured | Unplaceable> {
  const { seeds, cache = cacheFolder() } = request;
  const entries = await Promise.all(seeds.map(seed => readEntry(request, seed, cache)));
  if (!isComplete(entries)) await placeMissing(request, entries, cache);
  return bestOf(seeds, entries);
}

/** What is known of a design already; undefined where a seed is missing. */
export async function recall(request: MeasureRequest): Promise<Measured | Unplaceable | undefined> {
  const { seeds, cache = cacheFolder() } = request;
  const entries = await Promise.all(seeds.map(seed => readEntry(request, seed, cache)));
  return isComplete(entries) ? bestOf(seeds, entries) : undefined;
}

/** The name of a measurement: the same for the same Verilog, device, seeds, commands and versions of tools. */
export function measureKey(request: MeasureRequest): string {
  return keyOf(request.seeds.map(seed => entryKey(request, seed)));
}

function entryKey(
  { files, top, device: named, targetMHz, timingWeight, pcf }: MeasureRequest,
  seed: number,
): string {
  const device = typeof named === 'string' ? findDevice(named) : named;
  const placing = { device, package: findPackage(device), targetMHz, seed, timingWeight, pcf };
  return keyOf([
    'measurement 2',
    JSON.stringify([withoutOrigins(files), top, ice40Files]),
    synthesisScript({ files, top, device }),
    nextpnrArguments(placing).join(' '),
    ...(['yosys', 'nextpnr-ice40'] as const).map(tool => toolVersion(tool) ?? ''),
    ...(pcf === undefined ? [] : [pcf]),
  ]);
}

/** The files without the lines of source that signals carry: these move with every edit and decide no figure. */
function withoutOrigins(files: FileSet): FileSet {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? content.replaceAll(/\(\* src = "[^"]*" \*\)\s*/g, '') : content,
    ]),
  );
}

async function readEntry(request: MeasureRequest, seed: number, cache: string): Promise<Entry | undefined> {
  const known = await readCached(`placed/${entryKey(request, seed)}`, cache);
  if (known === undefined) return undefined;
  const entry = JSON.parse(new TextDecoder().decode(known)) as Entry;
  const { limitSeconds = Number.POSITIVE_INFINITY } = request;
  // With more time there may be a place.
  return entry.fits || (entry.stoppedAfter ?? Number.POSITIVE_INFINITY) >= limitSeconds ? entry : undefined;
}

function isComplete(entries: readonly (Entry | undefined)[]): entries is readonly Entry[] {
  // What has too many cells for the device has so with every seed.
  return entries.some(isOver) || entries.every(entry => entry !== undefined);
}

function isOver(entry: Entry | undefined): boolean {
  return entry?.fits === false && entry.over.length > 0;
}

async function placeMissing(
  request: MeasureRequest,
  entries: (Entry | undefined)[],
  cache: string,
): Promise<void> {
  const { files, top, seeds, targetMHz, timingWeight, pcf, limitSeconds, signal, onProgress } = request;
  const device = typeof request.device === 'string' ? findDevice(request.device) : request.device;
  const placing = { device, package: findPackage(device), targetMHz, timingWeight, pcf };
  const common = { ...placing, limitSeconds, signal, onProgress };
  const release: (() => void)[] = [];
  const prepare = (): number => release.push(preparePlacing(device));
  try {
    const synthesis = await synthesise({
      ...{ files, top, device, signal },
      onProgress(event) {
        if (release.length === 0) prepare();
        onProgress?.(event);
      },
    });
    let failure: unknown;
    for (const [i, seed] of seeds.entries()) {
      if (isComplete(entries)) return;
      if (entries[i] !== undefined) continue;
      try {
        const placement = await placeAndRoute({ ...common, netlistJson: synthesis.netlistJson, seed });
        entries[i] = entryOf({ ...common, top, synthesis, placement });
      } catch (error) {
        if (signal?.aborted) throw error;
        failure ??= error;
        const entry = refusalOf(error, limitSeconds);
        // Another failure may be gone at the next try, so it is not kept.
        if (entry === undefined) continue;
        entries[i] = entry;
      }
      const content = new TextEncoder().encode(JSON.stringify(entries[i]));
      await writeCached(`placed/${entryKey(request, seed)}`, content, cache);
    }
    if (entries.every(entry => entry === undefined)) throw failure;
  } finally {
    for (const unused of release) unused();
  }
}

function refusalOf(error: unknown, limitSeconds: number | undefined): Unplaceable | undefined {
  if (error instanceof DoesNotFit) return { fits: false, resources: error.resources, over: error.over };
  if (error instanceof NoPlacement) return { fits: false, resources: error.resources, over: [] };
  if (!(error instanceof NotInTime)) return undefined;
  return { fits: false, resources: error.resources, over: [], stoppedAfter: limitSeconds! };
}

function entryOf(sources: {
  readonly device: Device;
  readonly package: string;
  readonly top: string;
  readonly targetMHz: number;
  readonly synthesis: Synthesis;
  readonly placement: Placement;
}): Entry {
  const { resources, timing } = readReport(sources);
  return { fits: true, resources, fmaxMHz: timing.fmaxMHz };
}

function bestOf(seeds: readonly number[], entries: readonly (Entry | undefined)[]): Measured | Unplaceable {
  let best: { readonly entry: Entry & { fits: true }; readonly seed: number } | undefined;
  for (const [i, seed] of seeds.entries()) {
    const entry = entries[i];
    if (entry?.fits !== true) continue;
    if (best === undefined || (entry.fmaxMHz ?? 0) > (best.entry.fmaxMHz ?? 0)) best = { entry, seed };
  }
  if (best === undefined) return (entries.find(isOver) ?? entries.find(Boolean)) as Unplaceable;
  const all = seeds.map((seed, i) => {
    const entry = entries[i];
    return { seed, fmaxMHz: entry?.fits === true ? entry.fmaxMHz : null };
  });
  return { ...best.entry, seed: best.seed, seeds: all };
}

/** Logic cells of an instance and all within it; of all instances of that name. */
export function cellsWithin({ byModule }: ResourceReport, instance: string): number {
  return Object.entries(byModule)
    .filter(([path]) => path.split('.').includes(instance))
    .reduce((sum, [, { lc }]) => sum + lc, 0);
}
