import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Activity, activityOf } from '../../../energy/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import { namedNets, readVcd, vcdInputs, withNamesOf } from '../../../sim/activity/index.ts';
import type { NetlistCircuit } from '../../../sim/index.ts';
import type { TransitionRun } from '../../../sim/timed/index.ts';
import type { PlacedDesign } from '../../../synth/index.ts';
import { cannotRead } from '../diagnostics.ts';
import type { Progress } from '../progress.ts';
import { clockOf } from '../verilog-ports.ts';
import type { DesignFiles } from './design-files.ts';
import { netsWithoutCounts } from './diagnostics.ts';
import type { EnergyValues } from './options.ts';
import type { Subject } from './subject.ts';

/** What the counts of a design say. */
export type Counted = Pick<Subject, 'activity' | 'from' | 'cycles' | 'inputs' | 'warnings'>;

/** Takes how often the nets of a design change from a VCD file. */
export async function countedInDump(
  values: EnergyValues,
  files: DesignFiles,
  design: PlacedDesign,
  { circuit, placeOf }: NetlistCircuit,
  clockMHz: number,
  progress: Progress,
): Promise<Counted> {
  const { scope, leastShare } = values;
  const path = values.vcd!;
  // Clocks have no value in a circuit, and their energy is a kind of its own.
  const own = namedNets(files.placedJson).filter(({ bit }) => 'net' in (placeOf(bit) ?? {}));
  const nets = files.netlistJson === undefined ? own : withNamesOf(own, namedNets(files.netlistJson));
  const clock = values.clock ?? clockOf(circuit.domains[0]!);
  const onProgress = readingProgress(path, progress);
  const seen = await readVcd(chunksOf(path), nets, { scope, clock, leastShare, onProgress });
  const cycles = seen.cycles!;
  const counts = seen.counts.map(count => ({ ...count, functional: count.functional! }));
  const hasGlitches = counts.some(({ all, functional }) => all > functional);
  const activity: Activity = activityOf(design, { cycles, nets: counts }, clockMHz);
  return {
    activity: hasGlitches ? activity : { ...activity, timed: undefined },
    from: 'recorded',
    cycles,
    inputs: `${seen.matched} of ${seen.nets} nets are in ${basename(path)}, in its scope '${seen.scope}'`,
    warnings: seen.missing.length === 0 ? [] : [netsWithoutCounts(seen.missing, seen.nets)],
  };
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
  const onProgress = readingProgress(path, progress);
  for await (const { cycles, drive } of vcdInputs(chunksOf(path), inputs, { scope, clock, onProgress }))
    run.count(cycles, drive);
  return `those of ${basename(path)}`;
}

/** @throws Diagnostic TCT-6031 for a file that cannot be read. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? error : cannotRead(path, error);
  }
}

/** Tells which part of a file was read. */
function readingProgress(path: string, progress: Progress): (bytes: number) => void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes => progress.update(`reading ${basename(path)}`, '', size === 0 ? 0 : bytes / size);
}
