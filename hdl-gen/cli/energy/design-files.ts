import { readFileSync } from 'node:fs';
import { namedNets } from '../../../sim/activity/index.ts';
import { findPackage, placeAndRoute } from '../../../synth/index.ts';
import { BuildProgress } from '../build-progress.ts';
import type { Context } from '../command.ts';
import { cannotRead, conflict, needsOption } from '../diagnostics.ts';
import type { Target } from '../target.ts';
import { withProgress } from '../with-progress.ts';
import { otherDevice } from './diagnostics.ts';
import type { EnergyValues } from './options.ts';

/** A design of the user's own, in its place. */
export interface DesignFiles {
  /** The file that it is from. */
  readonly path: string;
  readonly placedJson: string;
  readonly sdf: string;
  /** The netlist that was placed here; undefined for one that came with its place. */
  readonly netlistJson: string | undefined;
  /** null where it is not known, or no path is clocked. */
  readonly fmaxMHz: number | null;
}

/**
 * Reads a placed design, or reads a netlist and places it.
 * @throws Diagnostic TCT-6006 and TCT-6037 for options that contradict or need each other, TCT-6031 for a file that
 *   cannot be read, TCT-6251 for another device, and what `placeAndRoute` throws.
 */
export async function designFiles(
  values: EnergyValues,
  target: Target,
  clockMHz: number,
  context: Context,
): Promise<DesignFiles> {
  const { placed, sdf, netlist, seed } = values;
  if (netlist === undefined) {
    if (sdf === undefined) throw needsOption('--placed', '--sdf');
    const placedJson = readText(placed!);
    // What is no netlist is told here.
    namedNets(placedJson);
    requireDevice(placedJson, target, placed!);
    return { path: placed!, placedJson, sdf: readText(sdf), netlistJson: undefined, fmaxMHz: null };
  }
  if (placed !== undefined || sdf !== undefined)
    throw conflict(
      '--netlist',
      placed === undefined ? '--sdf' : '--placed',
      'give a netlist, or what was made of it',
    );
  const netlistJson = readText(netlist);
  // What is no netlist is told here: nextpnr says of it that there is no place.
  namedNets(netlistJson);
  const { device } = target;
  return withProgress(context, async progress => {
    const shown = new BuildProgress(progress, [seed]);
    const placement = await placeAndRoute({
      ...{ netlistJson, device, package: findPackage(device, target.package) },
      ...{ targetMHz: clockMHz, seed, onProgress: shown.onProgress },
    });
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    const { fmaxMHz } = placement;
    return {
      ...{ path: netlist, netlistJson, placedJson: text(placement.placedJson), sdf: text(placement.sdf) },
      fmaxMHz: Number.isFinite(fmaxMHz) ? fmaxMHz : null,
    };
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** nextpnr says in what it writes which device it has placed for. */
function requireDevice(placedJson: string, { device }: Target, path: string): void {
  const [, seen] = /"arch\.type": *"(\w+)"/.exec(placedJson) ?? [];
  if (seen !== undefined && seen !== device.name)
    throw otherDevice(seen, device.name, `the netlist in '${path}'`);
}
