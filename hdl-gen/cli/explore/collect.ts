import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Outcome } from '../command.ts';
import { jobsMissing, noJobList, notRead, resultsRefused } from '../diagnostics.ts';
import { writeWhole } from '../single-file.ts';
import { listed } from '../table.ts';
import type { ExplorePoint } from './document.ts';
import { type JobList, type JobResult, jobList, jobListFile, jobResult } from './jobs.ts';
import type { ExploreValues } from './options.ts';
import { report } from './report.ts';

/**
 * Puts together what came back from other machines.
 * @throws Diagnostic TCT-6074 without a list of jobs, TCT-6075 for results that do not belong to it.
 */
export async function collect(folder: string, values: ExploreValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, given } = context;
  const list = readList(folder);
  const { results, others } = readResults(folder, list);
  if (others.length > 0) terminal.warn(notRead(folder, others));

  const points = list.points.map(point => {
    const found = results.get(point.id);
    if (found === undefined) return point;
    const { outcome, why, key, placed } = found.points[0]!;
    return { ...point, outcome, why, key, placed };
  }) as Omit<ExplorePoint, 'isOnFront'>[];
  const again = points.filter(
    ({ id, outcome }) => id in list.commands && (outcome === 'missing' || outcome === 'failed'),
  );
  const { version, command, tools, seeds } = list;
  const cost = given.has('cost') ? values.cost : list.cost;
  const outcome = await report({ version, command, tools, seeds, cost, points }, values.out, context);
  if (values.emitJobs !== undefined) {
    const lines = again.map(({ id }) => `${list.commands[id]}\n`);
    writeWhole(values.emitJobs, Buffer.from(lines.join('')), interrupts);
  }
  if (again.length === 0) return outcome;
  const told = again.map(({ id, outcome: what }) => `${id}: ${what}`);
  terminal.fail(jobsMissing(told, Object.keys(list.commands).length, folder));
  return { ...outcome, exitStatus: 1 };
}

function readList(folder: string): JobList {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(folder, jobListFile), 'utf8'));
  } catch (error) {
    throw noJobList(folder, error instanceof Error ? error.message : String(error));
  }
  const checked = jobList.safeParse(content);
  if (!checked.success) throw noJobList(folder, `${jobListFile}: ${firstIssue(checked.error)}`);
  return checked.data;
}

/** The results by id, and the names of files that are none. */
function readResults(
  folder: string,
  list: JobList,
): { readonly results: Map<string, JobResult>; readonly others: string[] } {
  const results = new Map<string, JobResult>();
  const others: string[] = [];
  const refused: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (name === jobListFile) continue;
    if (!name.endsWith('.json')) {
      others.push(name);
      continue;
    }
    const id = name.slice(0, -'.json'.length);
    const read = readResult(join(folder, name), id, list);
    if (typeof read === 'string') refused.push(`${name}: ${read}`);
    else results.set(id, read);
  }
  if (refused.length > 0) throw resultsRefused(folder, refused);
  return { results, others };
}

/** A result, or why it does not belong to the list. */
function readResult(path: string, id: string, list: JobList): JobResult | string {
  if (!(id in list.commands)) return 'no job of the list has this name';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return `it is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const schema =
    typeof content === 'object' && content !== null && 'schema' in content ? content.schema : undefined;
  if (schema !== 'tercet.explore/1') return `its schema is '${String(schema)}', not 'tercet.explore/1'`;
  const checked = jobResult.safeParse(content);
  if (!checked.success) return firstIssue(checked.error);
  const result = checked.data;
  if (result.version !== list.version)
    return `it comes from Tercet ${result.version}, the list from ${list.version}`;
  const versions = (tools: JobList['tools']): string =>
    listed(tools.map(({ name, version }) => `${name} ${version}`));
  if (versions(result.tools) !== versions(list.tools))
    return `it was made with ${versions(result.tools)}, the list with ${versions(list.tools)}`;
  if (result.seeds.join() !== list.seeds.join())
    return `it has the seeds ${result.seeds.join(', ')}, the list ${list.seeds.join(', ')}`;
  const [point] = result.points;
  if (point!.id !== id) return `it holds the result of '${point!.id}'`;
  const expected = list.points.find(other => other.id === id)!.key;
  if (point!.key !== expected)
    return 'its Verilog is not that of the list, although the versions are the same';
  return result;
}

function firstIssue({
  issues,
}: {
  readonly issues: readonly { path: PropertyKey[]; message: string }[];
}): string {
  const { path, message } = issues[0]!;
  return `at '${path.map(String).join('.')}': ${message}`;
}
