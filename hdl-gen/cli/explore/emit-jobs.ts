import type { Context, Outcome } from '../command.ts';
import { writeFileSet } from '../file-set.ts';
import { writeWhole } from '../single-file.ts';
import { columns, counted } from '../table.ts';
import { commandOf } from './command-of.ts';
import { costOption, optionsOf, pointConfig } from './configurations.ts';
import { type JobList, jobListFile } from './jobs.ts';
import type { ExploreValues } from './options.ts';
import { placingTools } from './report.ts';
import { shellWord } from './shell.ts';
import type { Work } from './sweep.ts';

/**
 * Writes a shell command for each configuration that is not known here, and the list of all into the folder of the
 * results, which `--collect` reads.
 */
export async function emitJobs(
  file: string,
  { configurations, seeds, by }: Work,
  values: ExploreValues,
  context: Context,
): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const { into, seed, cost } = values;
  const commands: Record<string, string> = {};
  const points: JobList['points'] = [];
  for (const configuration of configurations) {
    const { id } = configuration;
    const known = await by.recall(configuration);
    const found = known ?? { outcome: 'missing', why: null, key: by.keyOf(configuration), placed: null };
    points.push({ id, config: pointConfig(configuration), ...found } as JobList['points'][number]);
    if (known !== undefined) continue;
    const where = `--seeds ${seeds.length} --seed ${seed}${costOption(cost)} --point ${shellWord(`${into}/${id}.json`)}`;
    commands[id] = `npx hdl-gen explore ${optionsOf(configuration)} ${where}`;
  }
  const list: JobList = {
    schema: 'tercet.jobs/1',
    ...{ version, command: commandOf(values), tools: placingTools(), seeds: [...seeds], cost },
    ...{ commands, points },
  };
  writeFileSet(into, { [jobListFile]: `${JSON.stringify(list, undefined, 2)}\n` }, jobListFile);
  const lines = Object.values(commands);
  writeWhole(file, Buffer.from(lines.map(line => `${line}\n`).join('')), interrupts);
  const known = points.length - lines.length;
  await terminal.result(colors =>
    columns(
      [
        ['configurations', `${points.length}, of which ${known} are known here already`],
        ['jobs', `${counted(lines.length, 'command')} in ${file}, each on its own`],
        ['results', `${into}/, with the list of jobs`],
      ],
      colors.bold,
    ),
  );
  if (lines.length > 0)
    terminal.hint([
      `parallel -j 4 < ${shellWord(file)}`,
      `sbatch --array=1-${lines.length} --wrap 'sed -n "\${SLURM_ARRAY_TASK_ID}p" ${shellWord(file)} | sh'`,
      `hdl-gen explore --collect ${shellWord(into)}`,
    ]);
  return { document: list, exitStatus: 0 };
}
