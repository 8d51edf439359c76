import { delayed, named, registered, type Signal, toSignal } from '../../hdl-gen/lang/index.ts';
import { ternaryArray } from '../ternary/index.ts';
import { type CoreGeometry, type CoreParameters, groupsOf } from './parameters.ts';

/*
 * Rows in groups, of which each works a cycle later than the one before:
 *
 *     x ---+--> [ ] ---+--> [ ] ---+            a register for each bit of the activations
 *          |           |           |
 *       group 0     group 1     group 2         weights are as much later, by their place in the store
 */

/** For each row the sum of a beat, a cycle later in each group. */
export function arrayInGroups(
  x: readonly Signal[],
  w: readonly (readonly Signal[])[],
  parameters: CoreParameters,
  { array }: CoreGeometry,
): Signal[] {
  const one = toSignal(1);
  const groups = groupsOf(parameters);
  let own = x;
  let first = 0;
  return groups.flatMap((rows, group) => {
    if (group > 0) own = named({ [`x_${group}`]: own.map(value => registered(value)) })[`x_${group}`]!;
    const inputs = {
      ...{ enable: one, valid: one, first: one, x: own },
      w: w.slice(first, first + rows),
      init: Array<number>(rows).fill(0),
    };
    first += rows;
    const name = groups.length === 1 ? 'array' : `array_${group}`;
    return ternaryArray({ ...array, rows })(inputs, { name }).y;
  });
}

/** What comes in the cycle of group 0, for each row in its own. */
export function inGroups(signal: Signal, parameters: CoreParameters): Signal[] {
  return groupsOf(parameters).flatMap((rows, group) => {
    const late = delayed(signal, group);
    return Array.from({ length: rows }, () => late);
  });
}
