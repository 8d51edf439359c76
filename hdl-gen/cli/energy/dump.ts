import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  type Activity,
  activityOf,
  canGlitch,
  clocksOf,
  constantOf,
  hasFlipFlop,
  sourceOfClock,
} from '../../../energy/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import {
  type NamedNet,
  type NetChanges,
  namedNets,
  readVcd,
  vcdInputs,
  withNamesOf,
} from '../../../sim/activity/index.ts';
import type { TransitionRun } from '../../../sim/timed/index.ts';
import type { PlacedDesign, PlacedNet } from '../../../synth/index.ts';
import { cannotRead } from '../diagnostics.ts';
import type { Progress } from '../progress.ts';
import { counted } from '../table.ts';
import { clockOf } from '../verilog-ports.ts';
import type { DesignFiles } from './design-files.ts';
import { dumpOfSource, netsUnknown, netsWithoutCounts } from './diagnostics.ts';
import type { EnergyValues } from './options.ts';
import type { Subject } from './subject.ts';

/** What the counts of a design say. */
export type Counted = Pick<Subject, 'activity' | 'from' | 'cycles' | 'inputs' | 'warnings'>;

/** Takes how often the nets of a design change from a VCD file. */
export async function countedInDump(
  values: EnergyValues,
  files: DesignFiles,
  design: PlacedDesign,
  clockMHz: number,
  clocks: ReadonlyMap<number, number>,
  progress: Progress,
): Promise<Counted> {
  const { scope, leastShare } = values;
  const path = values.vcd!;
  const own = countedNets(files.placedJson, design);
  const nets = files.netlistJson === undefined ? own : withNamesOf(own, namedNets(files.netlistJson));
  const clock = values.clock ?? mainClock(design);
  const seen = await readVcd(chunksOf(path, progress), nets, { scope, clock, leastShare });
  requireLogic(seen.missing, nets, design, values);
  const cycles = seen.cycles!;
  const counts = seen.counts.map(count => ({ ...count, functional: count.functional!, ones: count.ones! }));
  const hasGlitches = hasDelays(seen.counts, design);
  // Whatever clocks there are, a dump has them all as they were.
  const activity: Activity = { ...activityOf(design, { cycles, nets: counts }, clockMHz), clocks };
  return {
    activity: hasGlitches ? activity : { ...activity, timed: undefined },
    from: 'recorded',
    cycles,
    inputs: `${seen.matched} of ${seen.nets} nets are in ${basename(path)}, in its scope '${seen.scope}', with ${counted(seen.strangers, 'bit')} that ${seen.strangers === 1 ? 'is no net' : 'are no nets'}`,
    warnings: [
      ...(seen.missing.length === 0 ? [] : [netsWithoutCounts(seen.missing, seen.nets)]),
      ...(seen.unknown.length === 0 ? [] : [netsUnknown(seen.unknown, seen.nets)]),
    ],
  };
}

/**
 * The nets whose changes are looked for: no constants, and no clocks, whose energy is a kind of its own, but for those that logic
 * makes. Of what lies before and behind a global buffer of a clock one is enough.
 */
function countedNets(placedJson: string, design: PlacedDesign): NamedNet[] {
  const indices = new Map(design.nets.map(({ netName }, net) => [netName, net]));
  const clocks = new Set(
    clocksOf(design).flatMap(({ net, isDerived }) => {
      const source = sourceOfClock(design, net);
      if (!isDerived) return [net, source];
      return source === net ? [] : [source];
    }),
  );
  return namedNets(placedJson).filter(({ name }) => {
    const net = indices.get(name);
    return net !== undefined && !clocks.has(net) && constantOf(design, net) === undefined;
  });
}

/** The first clock that no logic makes. */
function mainClock(design: PlacedDesign): string {
  const clocks = clocksOf(design);
  return (clocks.find(({ isDerived }) => !isDerived) ?? clocks[0]!).name;
}

/**
 * A dump of the source has the registers, which may be most of the nets, and none of what synthesis has made of the rest.
 * @throws Diagnostic TCT-6253 where it has too few of the nets that tables and carries drive.
 */
function requireLogic(
  missing: readonly string[],
  nets: readonly { readonly name: string }[],
  design: PlacedDesign,
  { leastShare, vcd }: EnergyValues,
): void {
  const asked = new Set(nets.map(({ name }) => name));
  const logic = design.nets.flatMap(({ netName }, net) =>
    asked.has(netName) && canGlitch(design, net) ? [netName] : [],
  );
  const lost = new Set(missing);
  const there = logic.filter(name => !lost.has(name)).length;
  if (there < leastShare * logic.length) throw dumpOfSource(vcd!, there, logic.length, leastShare);
}

/**
 * Whether a dump is of a simulation with delays: then flip-flops change after the edge of their clock, and not with it. That nets
 * change twice in a cycle says nothing, as a test bench may move inputs in the middle of it.
 */
function hasDelays(counts: readonly NetChanges[], { nets, cells }: PlacedDesign): boolean {
  const isRegister = ({ driver }: PlacedNet) => driver !== undefined && hasFlipFlop(cells[driver.cell]!);
  const registers = new Set(nets.filter(isRegister).map(({ netName }) => netName));
  let [all, atEdges] = [0, 0];
  for (const count of counts) {
    if (!registers.has(count.name)) continue;
    all += count.all;
    atEdges += count.atEdges!;
  }
  return all > 2 * atEdges;
}

/** Plays the inputs of a VCD file into a run. @returns what the inputs are. */
export async function playDump(
  values: EnergyValues,
  circuit: Circuit,
  run: TransitionRun,
  progress: Progress,
): Promise<string> {
  const { scope } = values;
  const path = values.stimulus!;
  const clock = values.clock ?? clockOf(circuit.domains[0]!);
  const inputs = circuit.inputs.map(({ name, net }) => ({ name, width: circuit.nets[net]!.interval.width }));
  for await (const { cycles, drive } of vcdInputs(chunksOf(path, progress), inputs, { scope, clock }))
    run.count(cycles, drive);
  return `those of ${basename(path)}`;
}

/**
 * The bytes of a VCD file, or of one that gzip has packed (`.gz`), and on the way which part of it was read.
 * @throws Diagnostic TCT-6031 for a file that cannot be read, or unpacked.
 */
async function* chunksOf(path: string, progress: Progress): AsyncGenerator<Uint8Array> {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const text = path.endsWith('.gz') ? pipeline(file, createGunzip({ chunkSize: 1 << 20 }), () => {}) : file;
  try {
    for await (const chunk of text as AsyncIterable<Uint8Array>) {
      yield chunk;
      progress.update(`reading ${basename(path)}`, '', size === 0 ? 0 : file.bytesRead / size);
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? error : cannotRead(path, error);
  }
}
