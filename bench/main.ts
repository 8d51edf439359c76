/**
 * `npm run bench [-- subject …] [--json]`: measures what the project claims, side by side in one run, and prints each
 * figure beside the one that was asked for. Speed is measured here and never asserted in a test.
 */
import { cpus } from 'node:os';
import type { Row, Subject } from './row.ts';

const subjects: Readonly<Record<string, () => Promise<{ measure: Subject }>>> = {
  command: () => import('./command.ts'),
  simulation: () => import('./simulation.ts'),
  verilog: () => import('./verilog.ts'),
  random: () => import('./random.ts'),
  area: () => import('./area.ts'),
  cost: () => import('./cost/measure.ts'),
  core: () => import('./core/measure.ts'),
  link: () => import('./link.ts'),
  fidelity: () => import('./fidelity/measure.ts'),
  claims: () => import('./claims/measure.ts'),
  energy: () => import('./energy/measure.ts'),
  hardwired: () => import('./hardwired/measure.ts'),
  formats: () => import('./formats.ts'),
};

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const asked = words.filter(word => !word.startsWith('-'));
const unknown = asked.filter(subject => !(subject in subjects));
if (unknown.length > 0) {
  console.error(`unknown subject ${unknown.join(', ')}; there are: ${Object.keys(subjects).join(', ')}`);
  process.exit(2);
}

const rows: Row[] = [];
const say = asJson ? console.error : console.log;
say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
say(line(['figure', 'value', 'unit', 'asked', '']));
for (const subject of asked.length > 0 ? asked : Object.keys(subjects)) {
  const { measure } = await subjects[subject]!();
  await measure(row => {
    rows.push(row);
    const mark = row.reached === undefined ? '' : row.reached ? 'reached' : 'MISSED';
    say(line([row.name, format(row.value), row.unit, row.goal ?? '', mark]));
  });
}
if (asJson) console.log(JSON.stringify({ schema: 'tercet.bench/1', rows }, null, 2));

function line([name, value, unit, goal, mark]: readonly string[]): string {
  return `${name!.padEnd(66)}${value!.padStart(10)} ${unit!.padEnd(12)}${goal!.padEnd(12)}${mark}`.trimEnd();
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
