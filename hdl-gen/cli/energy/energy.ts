import { estimate } from '../../../energy/index.ts';
import type { Context, Outcome } from '../command.ts';
import { writeFileSet } from '../file-set.ts';
import { memoryOptions } from '../interface-options.ts';
import { hasMemories, requireOptions } from '../interfaces.ts';
import { chooseTarget } from '../target.ts';
import { arraySubject } from './array-subject.ts';
import { chosenCoefficients } from './coefficients.ts';
import { coreSubject } from './core-subject.ts';
import { notCalibrated, notModelled, tooSlow } from './diagnostics.ts';
import { documentOf } from './document.ts';
import type { EnergyValues } from './options.ts';
import { isOwnDesign } from './own-design.ts';
import { pictureOf } from './picture.ts';
import { placedSubject } from './placed-subject.ts';
import { energyTable } from './table.ts';

/** Most boards have it. */
const usualMHz = 12;

/** `hdl-gen energy`: what a design takes, from how often its nets change in its place. */
export async function run(values: EnergyValues, context: Context): Promise<Outcome> {
  const { terminal } = context;
  const target = chooseTarget(values);
  const coefficients = chosenCoefficients(values.coefficients, target.device);
  if (!coefficients.isMeasured) terminal.warn(notCalibrated(target.device.name, 'up5k'));
  const clockMHz = values.mhz ?? target.board?.clock.MHz ?? usualMHz;
  requireOptions(values.interface, context.given, [...Object.keys(memoryOptions), 'batch', 'baud']);
  const make = isOwnDesign(values)
    ? placedSubject
    : hasMemories(values.interface)
      ? coreSubject
      : arraySubject;
  const subject = await make(values, target, clockMHz, context);
  const result = estimate(subject.design, subject.activity, coefficients);
  const rest = subject.rest && estimate(subject.design, subject.rest, coefficients);
  terminal.warnAll(subject.warnings);
  if (result.notModelled.size > 0) terminal.warn(notModelled(result.notModelled));
  if (subject.fmaxMHz !== null && subject.fmaxMHz < clockMHz)
    terminal.warn(tooSlow(subject.fmaxMHz, clockMHz));

  const document = documentOf(subject, result, coefficients, rest, values, context.version);
  const out = values.out ?? `build/energy_${subject.name}`;
  const content = {
    'energy.svg': pictureOf(document),
    'energy.json': `${JSON.stringify(document, undefined, 2)}\n`,
  };
  writeFileSet(out, content, 'energy.json');
  await terminal.result(colors => energyTable(document, out, colors));
  return { document: { ...document, out }, exitStatus: 0 };
}
