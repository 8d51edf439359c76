import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context, Outcome } from '../command.ts';
import { explorationFailed } from '../diagnostics.ts';
import { writeWhole } from '../single-file.ts';
import { withProgress } from '../with-progress.ts';
import { told } from '../write-errors.ts';
import { costOption, optionsOf } from './configurations.ts';
import type { ExploreDocument } from './document.ts';
import type { ExploreValues } from './options.ts';
import { placingTools, pointOf } from './report.ts';
import type { Work } from './sweep.ts';
import { pointsTable } from './table.ts';

/** Measures one configuration and writes it to a file, which `--collect` takes on whatever machine. */
export async function measurePoint(
  file: string,
  { configurations: [configuration], seeds, by }: Work,
  values: ExploreValues,
  context: Context,
): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const found = await withProgress(context, async progress => {
    progress.update(`placing ${configuration!.id}`);
    return (await by.recall(configuration!)) ?? (await by.measure(configuration!));
  });
  const point = { ...pointOf(configuration!, found), isOnFront: false };
  const document: ExploreDocument = {
    schema: 'tercet.explore/1',
    version,
    command: `hdl-gen explore ${optionsOf(configuration!)} --seeds ${values.seeds} --seed ${values.seed}${costOption(values.cost)}`,
    tools: placingTools(),
    seeds,
    cost: values.cost,
    points: [point],
    fronts: [],
    files: [],
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw told(error, file);
  }
  writeWhole(file, Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`), interrupts);
  await terminal.result(colors => pointsTable([point], colors));
  if (found.outcome === 'failed') terminal.fail(explorationFailed(1, 1, found.why ?? ''));
  return { document: { ...document, out: file }, exitStatus: found.outcome === 'failed' ? 1 : 0 };
}
