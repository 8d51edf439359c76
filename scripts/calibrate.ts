/**
 * `npm run calibrate [-- --measured table.csv] [--device up5k] [--out coefficients.json]`: rebuilds the designs whose currents
 * were measured, fits the coefficients of the energy model to them, and prints what it predicts of each row, also with that row
 * left out. It writes energy/calibrated.ts; with --out only that file, which \`hdl-gen energy --coefficients\` reads.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { coefficientsOf, moduleText } from './calibrate/coefficients.ts';
import { errorOf, increments, verdicts } from './calibrate/leave-out.ts';
import { calibrate, groups } from './calibrate/model.ts';
import { rebuild } from './calibrate/rebuild.ts';
import { readRows, usualTable } from './calibrate/rows.ts';

const { values } = parseArgs({
  options: {
    measured: { type: 'string', default: usualTable },
    device: { type: 'string', default: 'up5k' },
    out: { type: 'string' },
  },
});

const rows = await rebuild(readRows(values.measured), values.device, name =>
  console.error(`building ${name} …`),
);
const fitted = calibrate(rows);

console.log(line('coefficients', 'of their priors', 'or', 'told by'));
for (const [i, { name, source }] of groups.entries())
  console.log(line(name, `x ${fitted.values[i]!.toFixed(3)}`, `/x ${fitted.factors[i]!.toFixed(3)}`, source));

console.log(`\n${line('current of the core', 'measured', 'fitted', 'left out', 'error')}`);
for (const each of [...verdicts(rows, fitted), ...increments(rows, fitted)]) {
  const cells = [each.measured, each.fitted, each.leftOut].map(value => `${value.toFixed(1)} uA`);
  console.log(line(each.name, ...cells, `${(100 * errorOf(each)).toFixed(1)} %`));
}

const coefficients = coefficientsOf(values.device, fitted);
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(coefficients, undefined, 2)}\n`);
else if (values.measured === usualTable) {
  const path = fileURLToPath(new URL('../energy/calibrated.ts', import.meta.url));
  writeFileSync(path, moduleText(coefficients));
  execFileSync('npx', ['biome', 'check', '--write', path], { stdio: 'ignore' });
}

function line(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(58)}${cells.map(cell => `  ${cell.padStart(12)}`).join('')}`;
}
