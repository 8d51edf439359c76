import { measureAll, type Plan } from '../../../explore/index.ts';
import type { Context, Outcome } from '../command.ts';
import { counted } from '../table.ts';
import { withProgress } from '../with-progress.ts';
import { commandOf } from './command-of.ts';
import type { Configuration } from './configurations.ts';
import type { ExplorePoint } from './document.ts';
import { duration } from './duration.ts';
import { withFronts } from './fronts.ts';
import type { Measurer } from './measurer.ts';
import type { ExploreValues } from './options.ts';
import { placingTools, pointOf, report } from './report.ts';
import { pointsTable } from './table.ts';

/** What is explored, and by whom. */
export interface Work {
  readonly configurations: readonly Configuration[];
  readonly seeds: readonly number[];
  readonly by: Measurer;
}

/**
 * Measures all configurations on this machine. Each is kept as soon as it is done, so that an interrupted run loses only
 * what was being placed.
 */
export async function sweep(
  { configurations, seeds, by, jobs }: Work & { readonly jobs: number },
  values: ExploreValues,
  context: Context,
): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const command = commandOf(values);
  const done = new Map<number, Omit<ExplorePoint, 'isOnFront'>>();
  const isKnown = (): boolean => done.size > 0;
  const covered = interrupts.onInterrupt(() => {
    const sofar = [...done].sort(([a], [b]) => a - b).map(([, point]) => point);
    if (isKnown()) terminal.say(pointsTable(withFronts(sofar, values.cost).points, plain));
    terminal.say(
      `${done.size} of ${counted(configurations.length, 'configuration')} done and kept; to go on: ${command}`,
    );
  });
  try {
    const found = await withProgress(context, progress => {
      progress.update('looking up what is known');
      return measureAll(configurations, by, {
        jobs,
        onPlan(plan) {
          progress.end();
          terminal.say(planText(plan, jobs));
        },
        onResult(result, index) {
          done.set(index, pointOf(configurations[index]!, result));
        },
        onProgress(count, secondsLeft) {
          const all = configurations.length;
          const left = count === all ? '' : `, about ${duration(secondsLeft)} left`;
          progress.update(`${count} of ${all} done${left}`, '', count / all);
        },
      });
    });
    const points = configurations.map((configuration, i) => pointOf(configuration, found[i]!));
    const { cost } = values;
    return await report(
      { version, command, tools: placingTools(), seeds, cost, points },
      values.out,
      context,
    );
  } finally {
    covered();
  }
}

const plain = { bold: (text: string) => text, dim: (text: string) => text };

/** `12 configurations: 4 known already, 8 to be placed, 2 at a time: about 3 min` */
function planText({ all, known, secondsLeft }: Plan, jobs: number): string {
  const open = all - known;
  const parts = [
    ...(known === 0 ? [] : [`${known} known already`]),
    ...(open === 0
      ? []
      : [`${open} to be placed, ${Math.min(jobs, open)} at a time: about ${duration(secondsLeft)}`]),
  ];
  return `${counted(all, 'configuration')}: ${parts.join(', ')}`;
}
