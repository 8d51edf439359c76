/** A netlist onto a device, with nextpnr. */
import type { Device } from './devices.ts';
import {
  DoesNotFit,
  NoPlacement,
  NotInTime,
  placeAndRouteFailed,
  routerStuck,
  toolOutputUnusable,
} from './diagnostics.ts';
import { nextpnrProgress, type OnProgress } from './progress.ts';
import { stuckRouter } from './stuck-router.ts';
import { errorsOf, runTool, type ToolRun, type ToolTime } from './tool.ts';
import { errorLines } from './tool-log.ts';
import { prepareTool } from './tool-thread.ts';
import { resourcesNeeded } from './utilisation.ts';

/** One placement. */
export interface PlaceRequest {
  /** Yosys' flat netlist. */
  readonly netlistJson: string;
  readonly device: Device;
  readonly package: string;
  /** The clock that is asked for, in MHz, more than 0. nextpnr works harder for a higher one. */
  readonly targetMHz: number;
  /** nextpnr's seed, a positive integer: the same seed gives the same result. */
  readonly seed: number;
  /**
   * What the time of a wire weighs for nextpnr's placer against its length, a whole number from 1; without it nextpnr's own 10.
   * Which is best differs between designs, as it does between seeds.
   */
  readonly timingWeight?: number | undefined;
  /** Pin constraints; without them the ports go to whichever pins are best. */
  readonly pcf?: string | undefined;
  /** Seconds after which it is given up; without it there is no limit. */
  readonly limitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** The files that nextpnr wrote, as bytes: they are large, and of several seeds only one is looked at. */
export interface Placement {
  readonly seed: number;
  /** The lowest clock frequency of all clocks, in MHz; infinite if no path is clocked. */
  readonly fmaxMHz: number;
  readonly report: NextpnrReport;
  readonly asc: Uint8Array;
  /** The placed and routed netlist. */
  readonly placedJson: Uint8Array;
  /** Delays of cells and wires, in SDF. */
  readonly sdf: Uint8Array;
  readonly log: string;
  readonly time: ToolTime;
}

interface ReportEnd {
  readonly cell: string;
  readonly port: string;
  readonly loc: readonly [number, number];
}

/** nextpnr's `--report`; delays in ns, frequencies in MHz. */
export interface NextpnrReport {
  readonly utilization: Readonly<Record<string, { used: number; available: number }>>;
  readonly fmax: Readonly<Record<string, { achieved: number; constraint: number }>>;
  readonly critical_paths: readonly {
    readonly from: string;
    readonly to: string;
    readonly path: readonly {
      readonly type: string;
      readonly delay: number;
      readonly net?: string;
      readonly from: ReportEnd;
      readonly to: ReportEnd;
    }[];
  }[];
}

/** Begins to load nextpnr for a device; see `prepareTool`. */
export function preparePlacing(device: Device): () => void {
  return prepareTool('nextpnr-ice40', device.chipDatabase);
}

/**
 * Places and routes a netlist. Missing the target frequency is no error: the result tells what was reached.
 * @throws Diagnostic `DoesNotFit` (TCT-4005) with the counts; `NoPlacement` (TCT-4023) where another seed may find a place; TCT-4006 with
 * nextpnr's own message for anything else that it refuses; TCT-4020 if its router goes round in a circle; `NotInTime` (TCT-4022)
 * at the limit; TCT-4008 and TCT-4009 as `runTool`.
 */
export async function placeAndRoute(request: PlaceRequest): Promise<Placement> {
  const { device, seed, limitSeconds, signal, onProgress } = request;
  const progress = nextpnrProgress(seed);
  const isStuck = stuckRouter();
  const givingUp = new AbortController();
  let log = '';
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    givingUp.abort();
  };
  const timer = limitSeconds === undefined ? undefined : setTimeout(giveUp, 1000 * limitSeconds);
  const running = runTool('nextpnr-ice40', {
    args: nextpnrArguments(request),
    files: {
      'netlist.json': request.netlistJson,
      ...(request.pcf === undefined ? {} : { 'pins.pcf': request.pcf }),
    },
    outputs: ['design.asc', 'placed.json', 'delays.sdf', 'report.json'],
    dataFile: device.chipDatabase,
    signal: signal === undefined ? givingUp.signal : AbortSignal.any([signal, givingUp.signal]),
    onLine: line => {
      log += `${line}\n`;
      const event = progress(line);
      if (event === undefined) return;
      onProgress?.(event);
      if (isStuck(event)) givingUp.abort();
    },
  });
  const run = await running
    .catch(error => {
      if (!givingUp.signal.aborted || signal?.aborted) throw error;
      if (!isLate) throw routerStuck(device.name, seed);
      const resources = resourcesNeeded(log, request.netlistJson, device, request.package);
      throw new NotInTime(device.name, seed, limitSeconds!, resources);
    })
    .finally(() => clearTimeout(timer));
  if (run.exitCode !== 0) throw refusal(request, run);
  const file = (name: string): Uint8Array => {
    const bytes = run.files[name];
    if (bytes === undefined) throw toolOutputUnusable('nextpnr', name);
    return bytes;
  };
  const report = JSON.parse(new TextDecoder().decode(file('report.json'))) as NextpnrReport;
  return {
    seed,
    fmaxMHz: Math.min(...Object.values(report.fmax).map(clock => clock.achieved)),
    report,
    asc: file('design.asc'),
    placedJson: file('placed.json'),
    sdf: file('delays.sdf'),
    log: run.log,
    time: run.time,
  };
}

/** The command line of nextpnr. */
export function nextpnrArguments(request: Omit<PlaceRequest, 'netlistJson'>): string[] {
  const { device, targetMHz, seed, timingWeight, pcf } = request;
  return [
    device.nextpnrFlag,
    ...['--package', request.package],
    ...['--json', 'netlist.json'],
    ...(pcf === undefined ? ['--pcf-allow-unconstrained'] : ['--pcf', 'pins.pcf']),
    ...['--asc', 'design.asc'],
    ...['--write', 'placed.json'],
    ...['--sdf', 'delays.sdf'],
    ...['--report', 'report.json'],
    ...['--freq', String(targetMHz)],
    ...['--seed', String(seed)],
    ...(timingWeight === undefined ? [] : ['--placer-heap-timingweight', String(timingWeight)]),
    '--timing-allow-fail',
  ];
}

/** Why nextpnr stopped. Too large a design is told from all else, because its caller may try a smaller one. */
function refusal(request: PlaceRequest, run: ToolRun): Error {
  const { device, seed, pcf } = request;
  const resources = resourcesNeeded(run.log, request.netlistJson, device, request.package);
  const isOver = Object.values(resources).some(({ used, available }) => used > available);
  const full = /no Bels remaining|Unable to find legal placement|Unable to find a placement location/i;
  if (isOver) return new DoesNotFit(device.name, resources, errorLines(run.log));
  if (full.test(run.log)) return new NoPlacement(device.name, seed, resources, errorLines(run.log));
  return placeAndRouteFailed(device.name, seed, errorsOf(run), pcf !== undefined);
}
