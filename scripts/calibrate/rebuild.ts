import { activityOf, type Use, usageOf } from '../../energy/index.ts';
import { transitionRun } from '../../sim/timed/index.ts';
import { parseSdf, placeOnce } from '../../synth/index.ts';
import type { Measured } from './model.ts';
import type { MeasuredRow } from './rows.ts';

/** Cycles that are counted: the counters of 8 bits go round 39 times and more. */
const cycles = 20_000;

/** As the measured designs were placed: any clock will do. */
const targetMHz = 12;

/** Where the cells of the measured designs lay is not known, so a row uses what several placements use in the mean. */
const seeds = [1, 2, 3, 4];

type Built = Awaited<ReturnType<typeof buildAndCount>>;

/** Builds the designs of a table, and counts what changes in them. A design of several rows is built once. */
export async function rebuild(
  rows: readonly MeasuredRow[],
  device: string,
  onRow: (name: string) => void,
): Promise<Measured[]> {
  const known = new Map<string, readonly Built[]>();
  const measured: Measured[] = [];
  for (const row of rows) {
    const { name, files, top, clockMHz, coreUa } = row;
    onRow(name);
    const key = JSON.stringify([files, top]);
    const placements =
      known.get(key) ?? (await Promise.all(seeds.map(seed => buildAndCount(row, device, seed))));
    known.set(key, placements);
    const uses = placements.flatMap(({ design, counts }): Use[] =>
      usageOf(design, activityOf(design, counts, clockMHz)).uses.map(use => ({
        ...use,
        amount: use.amount / placements.length,
      })),
    );
    measured.push({ name, coreUa, lc: placements[0]!.lc, uses });
  }
  return measured;
}

async function buildAndCount({ files, top }: MeasuredRow, device: string, seed: number) {
  const { design, placedJson, sdf, resources } = await placeOnce({ files, top, device, targetMHz, seed });
  // The period does not matter for what is counted, so it is one in which everything settles.
  const run = transitionRun({ placedJson, delays: parseSdf(sdf), periodPs: 1_000_000 });
  run.count(cycles);
  return { design, counts: run.transitions(), lc: resources.lc.used };
}
