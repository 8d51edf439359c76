import { availableParallelism } from 'node:os';
import type { Context, Outcome } from '../command.ts';
import { conflict, needsOption, onePointOnly } from '../diagnostics.ts';
import { flagOf } from '../option-kinds.ts';
import { sideBySide } from '../side-by-side.ts';
import { configurationsOf, decidingOptions } from './configurations.ts';
import type { Measurer } from './measurer.ts';
import type { ExploreValues } from './options.ts';
import { Placements } from './placements.ts';

/** Makes what measures, from nextpnr's seeds and what the front weighs. */
export type MakeMeasurer = (seeds: readonly number[], cost: ExploreValues['cost']) => Measurer;

/**
 * `hdl-gen explore`: many configurations, here or on other machines.
 * @param measurer who is asked for placements; tests give another one.
 */
export async function run(
  values: ExploreValues,
  context: Context,
  measurer: MakeMeasurer = (seeds, cost) => new Placements(seeds, cost === 'pj-per-mac'),
): Promise<Outcome> {
  checkCall(values, context.given);
  if (values.collect !== undefined)
    return (await import('./collect.ts')).collect(values.collect, values, context);
  const configurations = configurationsOf(values);
  const seeds = Array.from({ length: values.seeds }, (_, i) => values.seed + i);
  const by = measurer(seeds, values.cost);
  const work = { configurations, seeds, by };
  if (values.emitJobs !== undefined)
    return (await import('./emit-jobs.ts')).emitJobs(values.emitJobs, work, values, context);
  if (values.point !== undefined) {
    if (configurations.length !== 1) throw onePointOnly(configurations.length);
    return (await import('./one-point.ts')).measurePoint(values.point, work, values, context);
  }
  const jobs = values.jobs ?? sideBySide(availableParallelism());
  return (await import('./sweep.ts')).sweep({ ...work, jobs }, values, context);
}

/** @throws Diagnostic TCT-6006 and TCT-6037 for options that do not go together. */
function checkCall(values: ExploreValues, given: ReadonlySet<string>): void {
  if (values.point !== undefined)
    for (const key of ['emitJobs', 'collect'] as const)
      if (given.has(key)) throw conflict('--point', `--${flagOf(key)}`, 'give one of them');
  if (given.has('into') && values.emitJobs === undefined) throw needsOption('--into', '--emit-jobs');
  if (values.collect === undefined) return;
  for (const key of [...decidingOptions, 'jobs'] as const)
    if (given.has(key))
      throw conflict(
        '--collect',
        `--${flagOf(key)}`,
        'the list of jobs in the folder decides it: leave it out, of a config file too',
      );
}
