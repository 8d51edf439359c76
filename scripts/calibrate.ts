/**
 * `npm run calibrate [-- --measured table.csv] [--device up5k] [--volts 1.2] [--out coefficients.json]`: rebuilds the designs whose currents
 * were measured, fits the coefficients of the energy model to them, and prints what it predicts of each row, also with that row
 * left out. It writes energy/calibrated.ts; with --out only that file, which `hdl-gen energy --coefficients` reads. The fit to
 * the project's own table begins with physics alone (energy/priors.ts), one to another table with what the project knows of the device.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { coefficientsOf, moduleText } from './calibrate/coefficients.ts';
import { errorOf, increments, verdicts } from './calibrate/leave-out.ts';
import { calibrate, groups } from './calibrate/model.ts';
import { rebuild } from './calibrate/rebuild.ts';
import { type MeasuredRow, readRows, usualTable } from './calibrate/rows.ts';
import { fromDevice, fromPriors } from './calibrate/start.ts';

const { values } = parseArgs({
  options: {
    measured: { type: 'string', default: usualTable },
    device: { type: 'string', default: 'up5k' },
    volts: { type: 'string' },
    out: { type: 'string' },
  },
});

const { measured, device } = values;
const isOurs = measured === usualTable;
const volts = values.volts === undefined ? undefined : Number(values.volts);
if (volts !== undefined && !(volts > 0.5 && volts < 2)) {
  console.error(`--volts is the core's supply, from 0.5 to 2, and not '${values.volts}'`);
  process.exit(2);
}
const rows = await rebuild(read(), device, name => console.error(`building ${name} …`));
const start = isOurs ? fromPriors : fromDevice(device, volts);
const fitted = calibrate(rows, start);

console.log(line('coefficients', isOurs ? 'of their priors' : 'of what was known', 'or', 'told by'));
for (const [i, { name, source }] of groups.entries()) {
  const [value, factor] = [fitted.values[i]!.toFixed(3), fitted.factors[i]!.toFixed(3)];
  console.log(line(name, `x ${value}`, `/x ${factor}`, isOurs ? source : ''));
}

console.log(`\n${line('current of the core', 'measured', 'fitted', 'left out', 'error')}`);
for (const each of [...verdicts(rows, fitted), ...increments(rows, fitted)]) {
  const cells = [each.measured, each.fitted, each.leftOut].map(value => `${value.toFixed(1)} uA`);
  console.log(line(each.name, ...cells, `${(100 * errorOf(each)).toFixed(1)} %`));
}

const coefficients = coefficientsOf(
  device,
  fitted,
  isOurs ? undefined : `fitted to ${rows.length} rows of ${basename(measured)}`,
);
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(coefficients, undefined, 2)}\n`);
else if (isOurs) {
  const path = fileURLToPath(new URL('../energy/calibrated.ts', import.meta.url));
  writeFileSync(path, moduleText(coefficients));
  execFileSync('npx', ['biome', 'check', '--write', path], { stdio: 'ignore' });
}

/** The table; what is wrong with it ends the call with a sentence. */
function read(): MeasuredRow[] {
  try {
    return readRows(measured);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

function line(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(58)}${cells.map(cell => `  ${cell.padStart(12)}`).join('')}`;
}
