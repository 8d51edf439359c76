import { activityOf, usageOf } from '../../energy/index.ts';
import { transitionRun } from '../../sim/timed/index.ts';
import { buildBitstream, parseSdf } from '../../synth/index.ts';
import type { Measured } from './model.ts';
import type { MeasuredRow } from './rows.ts';

/** Cycles that are counted: the counters of 8 bits go round 39 times and more. */
const cycles = 20_000;

/** As the measured designs were placed: any clock will do. */
const targetMHz = 12;

/** Builds the designs of a table, and counts what changes in them. A design of several rows is built once. */
export async function rebuild(
  rows: readonly MeasuredRow[],
  device: string,
  onRow: (name: string) => void,
): Promise<Measured[]> {
  const built = new Map<string, Awaited<ReturnType<typeof buildAndCount>>>();
  const measured: Measured[] = [];
  for (const { name, files, top, clockMHz, coreUa } of rows) {
    onRow(name);
    const key = JSON.stringify([files, top]);
    const known = built.get(key) ?? (await buildAndCount(files, top, device));
    built.set(key, known);
    const activity = activityOf(known.design, known.counts, clockMHz);
    measured.push({ name, coreUa, lc: known.lc, uses: usageOf(known.design, activity).uses });
  }
  return measured;
}

async function buildAndCount(files: MeasuredRow['files'], top: string, device: string) {
  const built = await buildBitstream({ files, top, device, targetMHz });
  const { placedJson } = built;
  const delays = parseSdf(built.sdf);
  // The period does not matter for what is counted, so it is one in which everything settles.
  const run = transitionRun({ placedJson, delays, periodPs: 1_000_000 });
  run.count(cycles);
  return { design: built.placedDesign(), counts: run.transitions(), lc: built.report.resources.lc.used };
}
