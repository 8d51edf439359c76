import { TimeLeft } from './time-left.ts';

/** Who measures configurations. */
export interface MeasuredBy<C, R> {
  /** The result where it is known without work; undefined where it has to be measured. */
  recall(configuration: C): Promise<R | undefined>;
  /** Measures, and keeps the result so that `recall` knows it. What it throws ends the whole run. */
  measure(configuration: C): Promise<R>;
  /** How long `measure` takes, in seconds, roughly. */
  seconds(configuration: C): number;
}

/** What is to be done. */
export interface Plan {
  readonly all: number;
  /** Results that are known already. */
  readonly known: number;
  readonly secondsLeft: number;
}

/** How it is done. */
export interface MeasureAllOptions<R> {
  /** How many are measured side by side, at least 1. */
  readonly jobs: number;
  /** Called once, when what is known has been found. */
  readonly onPlan?: (plan: Plan) => void;
  /** Called for each result, those first that are known; `index` is that of the configuration. */
  readonly onResult?: (result: R, index: number) => void;
  /** Called when something begins or ends. */
  readonly onProgress?: (done: number, secondsLeft: number) => void;
}

/**
 * The results of configurations, in their order. What is known is recalled first; the rest is measured in order, `jobs`
 * at a time.
 */
export async function measureAll<C, R>(
  configurations: readonly C[],
  by: MeasuredBy<C, R>,
  { jobs, onPlan, onResult, onProgress }: MeasureAllOptions<R>,
): Promise<R[]> {
  const results: (R | undefined)[] = [];
  for (const [index, configuration] of configurations.entries()) {
    const known = await by.recall(configuration);
    results.push(known);
    if (known !== undefined) onResult?.(known, index);
  }
  const open = [...configurations.keys()].filter(index => results[index] === undefined);
  const workers = Math.max(1, Math.min(jobs, open.length));
  const estimates = open.map(index => by.seconds(configurations[index]!));
  const time = new TimeLeft(estimates, workers);
  const now = (): number => performance.now() / 1000;
  onPlan?.({
    all: configurations.length,
    known: configurations.length - open.length,
    secondsLeft: time.left(now()),
  });

  let [next, done, isBroken] = [0, configurations.length - open.length, false];
  const work = async (): Promise<void> => {
    while (next < open.length && !isBroken) {
      const place = next++;
      const index = open[place]!;
      time.begin(place, now());
      onProgress?.(done, time.left(now()));
      try {
        const result = await by.measure(configurations[index]!);
        results[index] = result;
        done++;
        time.finish(place, now());
        onResult?.(result, index);
      } catch (error) {
        isBroken = true;
        throw error;
      }
      onProgress?.(done, time.left(now()));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results as R[];
}
