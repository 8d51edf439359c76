import { Interval } from '../../ir/index.ts';
import { badParameter } from './diagnostics.ts';
import { Signal } from './signal.ts';

/** The key of a set of parameters: equal for equal sets, and for no others. */
export function parameterKey(component: string, parameters: object): string {
  return JSON.stringify(parameters, (key, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: `${value}` };
    if (value instanceof Interval) return { min: `${value.min}`, max: `${value.max}` };
    if (!isParameter(value)) throw badParameter(component, key, value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    // The order of the keys does not matter.
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether a value is told apart from all others by what JSON says of it. */
function isParameter(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  const isOpaque = value instanceof Map || value instanceof Set || value instanceof Signal;
  return !isOpaque && typeof value !== 'function' && typeof value !== 'symbol';
}
