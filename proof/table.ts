import { encodeFive, entries, steps } from '../rtl/ternary/index.ts';
import { groupsOf } from './encoding.ts';
import type { Finding } from './finding.ts';

/**
 * Holds the plan of a table against the definition of its sums, completely. A sum is taken as the weights that it has and
 * whether it is inverted: the steps of the filler, done on these, make every entry; and the code of each group of five
 * weights reads the sum of these weights, or its opposite less 1 where a constant of 1 is counted.
 */
export function checkTable(): Finding {
  let ring = [1, 2, 3, 4];
  const weights = [0, 0, 0, 0, 0];
  let isInverted = false;
  for (const [place, entry] of entries.entries()) {
    const [made, asked] = [told(weights, isInverted), told(entry.weights, entry.isInverted)];
    if (made !== asked)
      return { status: 'refuted', how: `place ${place} is filled with ${made} in place of ${asked}` };
    const step = steps[place];
    if (step === undefined) continue;
    const lane = step.takesFirst ? 0 : ring[0]!;
    if (step.turns) ring = [...ring.slice(1), ring[0]!];
    // ~(~s + x) = s - x
    weights[lane]! += isInverted ? -1 : 1;
    isInverted = isInverted !== step.inverts;
  }
  for (const group of groupsOf(5)) {
    const { code, constant } = encodeFive(group);
    const { weights: own, isInverted: isStoredInverted } = entries[code & 127]!;
    const reads = told(
      own.map(weight => (constant === 1 ? 0 - weight : weight)),
      false,
    );
    const readsInverted = isStoredInverted !== code >= 128;
    if (reads !== told(group, false) || readsInverted !== (constant === 1))
      return { status: 'refuted', how: `the code of ${group.join(' ')} reads ${reads}` };
  }
  return { status: 'proved', how: `all ${entries.length} entries and ${3 ** 5} groups of weights` };
}

function told(weights: readonly number[], isInverted: boolean): string {
  return `${weights.join(' ')}${isInverted ? ' inverted' : ''}`;
}
