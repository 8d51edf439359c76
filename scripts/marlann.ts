/**
 * `npm run marlann -- path/to/MARLANN`: holds the energy model against a whole accelerator of which others have measured the current,
 * and that no fit has seen. It rebuilds the accelerator from a checkout of <https://github.com/SymbioticEDA/MARLANN>, loads the
 * program that was measured, and prints what the model predicts for it: with the coefficients as they are, and with fits that have not seen the
 * multipliers either. Then it puts the working accelerator into the fit in place of the multiplier in LUTs, and predicts that one.
 */
import { activityOf, coefficientsOf, estimate, usageOf } from '../energy/index.ts';
import type { Records } from '../sim/index.ts';
import { transitionRun } from '../sim/timed/index.ts';
import { findDevice, parseSdf, placeOnce } from '../synth/index.ts';
import { calibrate, predict } from './calibrate/model.ts';
import { rebuild } from './calibrate/rebuild.ts';
import { readRows, usualTable } from './calibrate/rows.ts';
import { acceleratorFiles } from './marlann/accelerator.ts';
import { type HostCycle, session } from './marlann/session.ts';

const clockMHz = 12;
const shipped = coefficientsOf(findDevice('up5k'));
const [idleCycles, workingCycles] = [2000, 75_000];

const checkout = process.argv[2];
if (checkout === undefined) {
  console.error('usage: npm run marlann -- path/to/a/checkout/of/SymbioticEDA/MARLANN');
  process.exit(2);
}
const files = acceleratorFiles(checkout);
const placed = await placeOnce({ files, top: 'marlann_top', device: 'up5k', targetMHz: 30, seed: 1 });
const { cycles, idle, working } = session(checkout, { idle: idleCycles, working: workingCycles });

/** What the accelerator uses in some cycles of the session, and how often its nets change in one of them. */
function activityIn(from: number, count: number) {
  const { placedJson, sdf, design } = placed;
  const run = transitionRun({ placedJson, delays: parseSdf(sdf), periodPs: Math.round(1e6 / clockMHz) });
  const driveFrom = (start: number) => (inputs: Records, first: number) => {
    for (const name of run.inputs)
      for (let i = 0; i < inputs.cycles; i++)
        inputs.set(name, i, cycles[start + first + i]![name as keyof HostCycle]);
  };
  run.skip(from, driveFrom(0));
  run.count(count, driveFrom(from));
  const transitions = run.transitions();
  const changes = (of: 'functional' | 'all'): number =>
    transitions.nets.reduce((sum, net) => sum + net[of], 0) / transitions.cycles;
  const activity = activityOf(design, transitions, clockMHz);
  const { uses } = usageOf(design, activity);
  const { total, byKind } = estimate(design, activity, shipped);
  // Pins have supplies of their own.
  const milliamps = (end: 'low' | 'high'): number => (total[end] - byKind.io[end]) / shipped.volts;
  return {
    uses,
    low: milliamps('low'),
    high: milliamps('high'),
    functional: changes('functional'),
    glitches: changes('all') - changes('functional'),
  };
}

const rows = await rebuild(readRows(usualTable), 'up5k', () => {});
const rowsWithout = (left: RegExp) => rows.filter(({ name }) => !left.test(name));
const fits = [
  ['all rows', calibrate(rows)],
  ['without the multiplier in LUTs', calibrate(rowsWithout(/multiply in LUTs/))],
  ['without both multipliers', calibrate(rowsWithout(/multiply/))],
] as const;
console.log(`${placed.resources.lc.used} logic cells; current of the core at ${clockMHz} MHz`);
for (const [name, measuredUa, from, count] of [
  ['idle', 2900, idle, idleCycles],
  ['convolutions', 8700, working, workingCycles],
] as const) {
  const { uses, low, high, functional, glitches } = activityIn(from, count);
  const row = { name, coreUa: measuredUa, lc: placed.resources.lc.used, uses };
  const changes = `${functional.toFixed(0)} changes in a cycle and ${glitches.toFixed(0)} glitches`;
  console.log(`${name}: measured ${(measuredUa / 1000).toFixed(1)} mA; ${changes}`);
  console.log(`  predicted as low / high             ${low.toFixed(2)} / ${high.toFixed(2)} mA`);
  for (const [which, fit] of fits)
    console.log(`  ${which.padEnd(34)}${(predict(row, fit) / 1000).toFixed(2).padStart(7)} mA`);
  if (name === 'idle') continue;
  const fit = calibrate([...rowsWithout(/multiply in LUTs/), row]);
  const multiplier = rows.find(each => /multiply in LUTs/.test(each.name))!;
  const counter = rows.find(each => each.name === '24-bit counter on HFOSC at 12 MHz')!;
  console.log('the multiplier in LUTs, more than its counter, with this row in its place');
  console.log(`  measured ${(multiplier.coreUa - counter.coreUa).toFixed(0)} uA`);
  console.log(`  predicted ${(predict(multiplier, fit) - predict(counter, fit)).toFixed(0)} uA`);
}
