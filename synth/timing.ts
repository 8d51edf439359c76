/** The critical path in the words of the design's author. */
import type { Hierarchy } from './hierarchy.ts';
import { type NetOwner, withoutBuffers } from './net-names.ts';
import type { NetlistModule } from './netlist.ts';
import type { NextpnrReport } from './nextpnr.ts';
import { objectOfCell, shared } from './ownership.ts';

/** One step of a path. */
export interface PathStep {
  /**
   * `clk-to-q`: out of a register or memory; `source`: in from a pin; `logic`: through a LUT or a carry; `routing`:
   * along a wire; `setup`: into a register or memory; `clk-skew`.
   */
  readonly kind: string;
  /** Time for this step, in ns. */
  readonly delayNs: number;
  /** Time from the clock edge to the end of this step, in ns. */
  readonly totalNs: number;
  /** The net that this step drives or travels on, or the register or memory that it ends in. */
  readonly net: string | undefined;
  /** Whether `net` is a name that the author gave; else it is one that Yosys made up from its neighbours. */
  readonly named: boolean;
  /**
   * What the step works on, in a name that the author gave: `net` itself or, where it has no such name, the next
   * signal, register or memory on the path that has one, because the step is a part of what computes it. Behind the
   * last of these it is the last one.
   */
  readonly signal: string | undefined;
  /** The author's line for `signal`, such as `mac.ts:12`. */
  readonly src: string | undefined;
  /** The module that the step is in, a key of `resources.byModule`. */
  readonly module: string;
  /** Where on the chip the step ends, column and row. */
  readonly at: readonly [number, number];
}

/** What one clock reaches. */
export interface ClockTiming {
  readonly name: string;
  readonly fmaxMHz: number;
  readonly targetMHz: number;
}

/** Timing of a placed design. */
export interface TimingReport {
  /** The lowest of the clocks' frequencies; null if no path is clocked. */
  readonly fmaxMHz: number | null;
  readonly targetMHz: number;
  readonly clocks: readonly ClockTiming[];
  /** The longest path of the slowest clock, from its start to its end. */
  readonly criticalPath: readonly PathStep[];
}

/** What the words for a path are taken from. */
export interface TimingSources {
  readonly report: NextpnrReport;
  readonly targetMHz: number;
  readonly placed: NetlistModule;
  readonly hierarchy: Hierarchy;
  readonly netOwners: ReadonlyMap<string, NetOwner>;
  /** The module of each placed cell. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Tells a nextpnr report in the author's words. */
export function readTiming(sources: TimingSources): TimingReport {
  const { report, targetMHz } = sources;
  const clocks = Object.entries(report.fmax)
    .map(([net, { achieved, constraint }]) => ({
      net,
      name: sources.netOwners.get(withoutBuffers(net))?.name ?? withoutBuffers(net),
      fmaxMHz: round(achieved),
      targetMHz: round(constraint),
    }))
    .sort((a, b) => a.fmaxMHz - b.fmaxMHz);
  const slowest = clocks[0];
  const path = report.critical_paths.find(
    ({ from, to }) => slowest !== undefined && from === to && from.endsWith(` ${slowest.net}`),
  );
  return {
    fmaxMHz: slowest?.fmaxMHz ?? null,
    targetMHz,
    clocks: clocks.map(({ name, fmaxMHz, targetMHz: asked }) => ({ name, fmaxMHz, targetMHz: asked })),
    criticalPath: steps(sources, path ?? report.critical_paths[0]),
  };
}

function steps(
  sources: TimingSources,
  worst: NextpnrReport['critical_paths'][number] | undefined,
): PathStep[] {
  const path = (worst?.path ?? []).map(step => ({ step, ...ends(sources, step) }));
  let total = 0;
  return path.map(({ step, net, author }, i) => {
    total += step.delay;
    const nearest =
      author ??
      path.slice(i).find(later => later.author !== undefined)?.author ??
      path.findLast(earlier => earlier.author !== undefined)?.author;
    return {
      kind: step.type,
      delayNs: round(step.delay),
      totalNs: round(total),
      net: author?.name ?? net,
      named: author !== undefined,
      signal: nearest?.name,
      src: nearest?.src,
      module: sources.owners.get(step.to.cell) ?? shared,
      at: step.to.loc,
    };
  });
}

type ReportStep = NextpnrReport['critical_paths'][number]['path'][number];

/** The net of a step, and what the author calls it; a setup into a memory is told by the memory. */
function ends(
  { placed, hierarchy, netOwners }: TimingSources,
  step: ReportStep,
): { net: string | undefined; author: { name: string; src: string | undefined } | undefined } {
  const { cell } = step.to;
  const object = step.type === 'setup' ? objectOfCell(cell, hierarchy) : undefined;
  if (object !== undefined)
    return { net: object, author: { name: object, src: hierarchy.objects.get(object)!.src } };
  // A step through a cell is told by the net that the cell drives: for a setup, the register's own output.
  const net = step.net ?? netAt(placed, cell, step.type === 'setup' ? 'O' : step.to.port);
  return { net, author: net === undefined ? undefined : netOwners.get(withoutBuffers(net)) };
}

const namesOfBits = new WeakMap<NetlistModule, Map<number, string>>();

/** The name of the net at a cell's port. */
function netAt(placed: NetlistModule, cell: string, port: string): string | undefined {
  let names = namesOfBits.get(placed);
  if (names === undefined) {
    names = new Map();
    for (const [name, { bits }] of Object.entries(placed.netnames)) {
      if (typeof bits[0] === 'number') names.set(bits[0], name);
    }
    namesOfBits.set(placed, names);
  }
  const bit = placed.cells[cell]?.connections[port]?.[0];
  return typeof bit === 'number' ? names.get(bit) : undefined;
}

/** To the ps and the kHz: more digits than that are noise of 32-bit floats. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
