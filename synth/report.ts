/** What a placed design takes and how fast it is. */
import { countByModule, type ModuleResources } from './by-module.ts';
import type { Device } from './devices.ts';
import type { ResourceTable } from './diagnostics.ts';
import { type Hierarchy, readHierarchy } from './hierarchy.ts';
import { readNetOwners } from './net-names.ts';
import type { Placement } from './nextpnr.ts';
import { moduleKey, ownersOfCells } from './ownership.ts';
import { placedModule } from './placed.ts';
import { readTiming, type TimingReport } from './timing.ts';
import { resourcesOf } from './utilisation.ts';
import type { Synthesis } from './yosys.ts';

/** Blocks in use, of the whole device and by module. */
export type ResourceReport = ResourceTable & {
  /**
   * Keys are the top's name, the path of each instance below it (`top.u_row0`), and `shared` for what belongs to no
   * single one. Each counts only what is its own, so that the sum of `lc` is exactly `lc.used`.
   */
  readonly byModule: Readonly<Record<string, ModuleResources>>;
};

/** The parts of `report.json` that synthesis knows. */
export interface SynthesisReport {
  readonly device: string;
  readonly package: string;
  readonly seed: number;
  readonly resources: ResourceReport;
  readonly timing: TimingReport;
}

/** What a report is made from. */
export interface ReportSources {
  readonly device: Device;
  readonly package: string;
  readonly top: string;
  readonly targetMHz: number;
  readonly synthesis: Synthesis;
  readonly placement: Placement;
}

/** Makes the report of a placed design. */
export function readReport(sources: ReportSources): SynthesisReport {
  const { device, synthesis, placement, targetMHz } = sources;
  const hierarchy = readHierarchy(synthesis.hierarchy, sources.top);
  const netOwners = readNetOwners(synthesis.netlist, hierarchy);
  const placed = placedModule(new TextDecoder().decode(placement.placedJson));
  const owners = ownersOfCells(placed, netOwners, hierarchy);
  return {
    device: device.name,
    package: sources.package,
    seed: placement.seed,
    resources: {
      ...resourcesOf(placement.report.utilization, device.pins[sources.package]),
      byModule: countByModule(placed, owners, moduleNames(hierarchy)),
    },
    timing: readTiming({ report: placement.report, targetMHz, placed, hierarchy, netOwners, owners }),
  };
}

function moduleNames(hierarchy: Hierarchy): Map<string, string> {
  return new Map(hierarchy.instances.map(({ path, module }) => [moduleKey(hierarchy, path), module]));
}
