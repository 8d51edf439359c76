import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type CoefficientName,
  type Coefficients,
  coefficientsOf,
  coefficientUnits,
} from '../../../energy/index.ts';
import type { Device } from '../../../synth/index.ts';
import { cannotRead } from '../diagnostics.ts';
import { badCoefficients, otherDevice } from './diagnostics.ts';

const amount = z.number().min(0);
const coefficient = z
  .object({
    ...{ low: amount, mid: amount, high: amount },
    origin: z.enum(['measured', 'fitted', 'guessed']),
    source: z.string(),
  })
  .refine(({ low, mid, high }) => low <= mid && mid <= high, {
    message: 'low, mid and high are not in order',
  });

const names = Object.keys(coefficientUnits) as CoefficientName[];
const schema = z.object({
  device: z.string(),
  volts: z.number().gt(0),
  isMeasured: z.boolean(),
  table: z.object(
    Object.fromEntries(names.map(name => [name, coefficient])) as Record<CoefficientName, typeof coefficient>,
  ),
});

/**
 * The coefficients of a file, or those that Tercet has for a device.
 * @throws Diagnostic TCT-6031, TCT-6250 and TCT-6251 for a file that cannot be read, or is of another device.
 */
export function chosenCoefficients(path: string | undefined, device: Device): Coefficients {
  if (path === undefined) return coefficientsOf(device);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
  const found = schema.safeParse(parsed(text, path));
  if (!found.success) {
    const { path: at, message } = found.error.issues[0]!;
    throw badCoefficients(path, `'${at.join('.')}': ${message}`);
  }
  if (found.data.device !== device.name) throw otherDevice(found.data.device, device.name, `'${path}'`);
  return found.data;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badCoefficients(path, 'it is no JSON');
  }
}
