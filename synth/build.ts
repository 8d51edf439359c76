/** From Verilog to a bitstream and its report, in one call. */
import { type Device, findDevice, findPackage } from './devices.ts';
import { badRequest } from './diagnostics.ts';
import { readHierarchy } from './hierarchy.ts';
import { type Packed, pack, preparePacking } from './icepack.ts';
import { preparePlacing } from './nextpnr.ts';
import { type PlacedDesign, readPlacedDesign } from './placed.ts';
import type { OnProgress } from './progress.ts';
import { type ReportSources, readReport, type SynthesisReport } from './report.ts';
import { placeSeeds, type SeedResult } from './seeds.ts';
import { type FileSet, runningSeconds, type ToolTime } from './tool.ts';
import { warningLines } from './tool-log.ts';
import { type SynthesisRequest, synthesise } from './yosys.ts';

/** What to build. */
export interface BuildRequest extends Omit<SynthesisRequest, 'device'> {
  readonly files: FileSet;
  /** A device or its name. */
  readonly device: Device | string;
  /** The package's name; without it the device's default. */
  readonly package?: string | undefined;
  /** The clock that is asked for, in MHz, more than 0. */
  readonly targetMHz: number;
  /** Seeds of nextpnr; the fastest result is kept. Default [1]. */
  readonly seeds?: readonly number[] | undefined;
  /** How many seeds run side by side, each in up to 1 GB of memory. Default 1. */
  readonly concurrency?: number | undefined;
  /** More seeds that are tried, one after another, where nextpnr finds no placement with any of `seeds`. Default 0. */
  readonly spareSeeds?: number | undefined;
  /** See `PlaceRequest`. */
  readonly timingWeight?: number | undefined;
  /** Pin constraints; without them the ports go to whichever pins are best. */
  readonly pcf?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A finished build. Everything is in memory; nothing was written. */
export interface BuildResult {
  readonly bitstream: Uint8Array;
  readonly report: SynthesisReport;
  /** Yosys' flat netlist. */
  readonly netlistJson: string;
  /** nextpnr's placed and routed netlist. */
  readonly placedJson: string;
  /** Delays of cells and wires, in SDF. */
  readonly sdf: string;
  /** The bitstream as text, which icebram and others read. */
  readonly asc: string;
  /** What each seed reached. */
  readonly seeds: readonly SeedResult[];
  /** Yosys, nextpnr (the seed that was kept) and icepack, with seconds of wall clock. */
  readonly tools: readonly ToolTime[];
  /** Seconds of wall clock in which a tool ran, with all seeds and without loading. */
  readonly toolSeconds: number;
  readonly logs: { readonly yosys: string; readonly nextpnr: string; readonly icepack: string };
  /** Warnings of Yosys and nextpnr, such as a pin constraint that no port matches. */
  readonly warnings: readonly string[];
  /** Reads the placed design: up to a second for a large one, so it is done at the first call. */
  placedDesign(): PlacedDesign;
}

/**
 * Synthesises, places, routes and packs a design.
 * @throws Diagnostic TCT-4001 and TCT-4002 for an unknown device or package; TCT-4003 if the Verilog is refused;
 * TCT-4004 for an unexpected number of RAMs; `DoesNotFit` (TCT-4005), with the counts; `NoPlacement` (TCT-4023); TCT-4006 if placing or routing
 * fails otherwise; TCT-4008 and TCT-4009 if a tool breaks or `signal` fires; TCT-4010 for a bad request.
 */
export async function buildBitstream(request: BuildRequest): Promise<BuildResult> {
  const {
    top,
    targetMHz,
    seeds = [1],
    timingWeight,
    concurrency,
    spareSeeds: spare,
    pcf,
    signal,
    onProgress,
  } = request;
  const device = typeof request.device === 'string' ? findDevice(request.device) : request.device;
  const packageName = findPackage(device, request.package);
  if (!(targetMHz > 0 && targetMHz < 10_000)) {
    throw badRequest('targetMHz', String(targetMHz), 'a frequency in MHz, more than 0');
  }

  const ahead: (() => void)[] = [];
  try {
    const synthesis = await synthesise({
      ...request,
      device,
      onProgress(event) {
        // Once Yosys runs, it leaves the other cores free to load what comes next.
        if (ahead.length === 0) ahead.push(preparePlacing(device), preparePacking());
        onProgress?.(event);
      },
    });
    const common = { device, package: packageName, targetMHz };
    const { netlistJson } = synthesis;
    const placed = await placeSeeds({
      ...{ ...common, netlistJson, pcf, seeds, timingWeight, concurrency, spare, signal, onProgress },
    });
    onProgress?.({ tool: 'icepack', phase: 'packing the bitstream' });
    const sources = { ...common, top, synthesis, placement: placed.best };
    // The report is worked out while icepack runs in its thread.
    const [packed, report] = await Promise.all([
      pack(placed.best.asc, { signal }),
      Promise.resolve().then(() => readReport(sources)),
    ]);
    return resultOf(sources, report, placed.all, packed);
  } finally {
    for (const release of ahead) release();
  }
}

function resultOf(
  { device, package: packageName, top, synthesis, placement }: ReportSources,
  report: SynthesisReport,
  seeds: readonly SeedResult[],
  packed: Packed,
): BuildResult {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const [placedJson, sdf] = [text(placement.placedJson), text(placement.sdf)];
  let placed: PlacedDesign | undefined;
  return {
    bitstream: packed.bitstream,
    report,
    netlistJson: synthesis.netlistJson,
    placedJson,
    sdf,
    asc: text(placement.asc),
    seeds,
    tools: [synthesis.time, placement.time, packed.time],
    toolSeconds: runningSeconds([synthesis.time, packed.time, ...seeds.flatMap(({ time }) => time ?? [])]),
    logs: { yosys: synthesis.log, nextpnr: placement.log, icepack: packed.log },
    warnings: [
      ...synthesis.warnings,
      ...warningLines(placement.log).filter(line => !line.includes('No PCF file')),
    ],
    placedDesign: () => {
      placed ??= readPlacedDesign({
        device,
        package: packageName,
        hierarchy: readHierarchy(synthesis.hierarchy, top),
        netlist: synthesis.netlist,
        placedJson,
        sdf,
      });
      return placed;
    },
  };
}
