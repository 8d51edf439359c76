import type { CheckDocument } from './documents.ts';
import { grouped } from './table.ts';

/** A comparison in one line: what with what, how much of it, and how it came out. */
export function checkText({ what, values, unit, mismatches }: CheckDocument): string {
  const verdict = mismatches === 0 ? 'all equal' : `${grouped(mismatches)} differ`;
  return `${what}: ${grouped(values)} ${unit}, ${verdict}`;
}

/** The same, with what both were given and for how long. */
export function longCheckText(check: CheckDocument): string {
  const { inputs, cycles } = check;
  return `${checkText(check)} (${inputs}, ${grouped(cycles)} cycles)`;
}
