/**
 * A design with its places and delays, found once: what Yosys and nextpnr made is kept in the cache by all that decides it.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { cacheFolder, keyOf, readCached, writeCached } from './cache.ts';
import { type Device, findDevice, findPackage } from './devices.ts';
import { readHierarchy } from './hierarchy.ts';
import { ice40Files } from './ice40-script.ts';
import type { Netlist } from './netlist.ts';
import { nextpnrArguments, placeAndRoute, preparePlacing } from './nextpnr.ts';
import { type PlacedDesign, readPlacedDesign } from './placed.ts';
import type { OnProgress } from './progress.ts';
import { type ResourceReport, readReport } from './report.ts';
import type { FileSet } from './tool.ts';
import { toolVersion } from './tool-package.ts';
import { synthesise, synthesisScript } from './yosys.ts';

/** What to place. */
export interface PlaceOnceRequest {
  /** Verilog by file name. */
  readonly files: FileSet;
  readonly top: string;
  readonly device: Device | string;
  /** The package's name; without it the device's default. */
  readonly package?: string | undefined;
  /** The clock that nextpnr aims at, in MHz, more than 0. */
  readonly targetMHz: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Where it is kept; without it the user's cache folder. */
  readonly cache?: string | undefined;
}

/** A design in its place. */
export interface PlacedOnce {
  readonly design: PlacedDesign;
  /** What nextpnr wrote: the placed netlist, and its delays as SDF. */
  readonly placedJson: string;
  readonly sdf: string;
  readonly resources: ResourceReport;
  /** null if no path is clocked. */
  readonly fmaxMHz: number | null;
}

/** What is kept. */
interface Kept {
  readonly netlist: Netlist;
  readonly hierarchy: Netlist;
  readonly placedJson: string;
  readonly sdf: string;
  readonly resources: ResourceReport;
  readonly fmaxMHz: number | null;
}

/**
 * Synthesises and places a design, or takes what is known of it.
 * @throws Diagnostic as `synthesise` and `placeAndRoute`.
 */
export async function placeOnce(request: PlaceOnceRequest): Promise<PlacedOnce> {
  const { top, cache = cacheFolder() } = request;
  const device = typeof request.device === 'string' ? findDevice(request.device) : request.device;
  const packageName = findPackage(device, request.package);
  const name = `placed-designs/${entryKey(request, device, packageName)}`;
  const known = await readCached(name, cache);
  const kept =
    known === undefined
      ? await build(request, device, packageName)
      : (JSON.parse(gunzipSync(known).toString()) as Kept);
  if (known === undefined) await writeCached(name, gzipSync(JSON.stringify(kept)), cache);
  const { netlist, placedJson, sdf, resources, fmaxMHz } = kept;
  const hierarchy = readHierarchy(kept.hierarchy, top);
  const sources = { device, package: packageName, hierarchy, netlist, placedJson, sdf };
  return { design: readPlacedDesign(sources), placedJson, sdf, resources, fmaxMHz };
}

function entryKey({ files, top, targetMHz, seed }: PlaceOnceRequest, device: Device, of: string): string {
  return keyOf([
    'placed design 1',
    JSON.stringify([files, top, ice40Files]),
    synthesisScript({ files, top, device }),
    nextpnrArguments({ device, package: of, targetMHz, seed }).join(' '),
    ...(['yosys', 'nextpnr-ice40'] as const).map(tool => toolVersion(tool) ?? ''),
  ]);
}

async function build(request: PlaceOnceRequest, device: Device, packageName: string): Promise<Kept> {
  const { files, top, targetMHz, seed, signal, onProgress } = request;
  const common = { device, package: packageName, targetMHz, signal, onProgress };
  const release = preparePlacing(device);
  try {
    const synthesis = await synthesise({ files, top, device, signal, onProgress });
    const placement = await placeAndRoute({ ...common, netlistJson: synthesis.netlistJson, seed });
    const { resources, timing } = readReport({ ...common, top, synthesis, placement });
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    return {
      netlist: synthesis.netlist,
      hierarchy: synthesis.hierarchy,
      placedJson: text(placement.placedJson),
      sdf: text(placement.sdf),
      resources,
      fmaxMHz: timing.fmaxMHz,
    };
  } finally {
    release();
  }
}
