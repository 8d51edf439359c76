import { delayed, mux, named, registered, type Signal } from '../../hdl-gen/lang/index.ts';
import { type CoreParameters, groupOfRows } from './parameters.ts';

/*
 * How the sums of all rows, which are finished at the same time, come out one after the other: row 0 with each of its vectors,
 * then row 1, and so on. Each row has a register for each vector of a batch, and all of them are one chain:
 *
 *     row 2   sum --> [ ] -> [ ]            a batch of 2
 *                             |
 *     row 1   sum --> [ ] -> [ ]            `takes` is 1 in the cycles in which the sums of a tile are finished, one for each
 *                             |             vector: then the first register of a row takes its sum, and else what comes from
 *     row 0   sum --> [ ] -> [ ] --> out    the row above
 *
 * The next tile is summed meanwhile. It has as many beats as there are rows, or more, so the chain is empty again in time.
 */

/**
 * The end of the chain: the sum of row 0 with vector 0 as many cycles after it was finished as a batch has vectors.
 * Where a new group of rows begins (`groups.ts`) all is a cycle later, so what comes from there has a register less.
 * @param takes for each row
 */
export function drainChain(
  sums: readonly Signal[],
  takes: readonly Signal[],
  parameters: CoreParameters,
): Signal {
  const { batch } = parameters;
  const groups = groupOfRows(parameters);
  const chain: Signal[] = [];
  for (let row = sums.length - 1; row >= 0; row--) {
    const late = row === 0 ? 0 : groups[row]! - groups[row - 1]!;
    const above = chain[0];
    const first = registered(above === undefined ? sums[row]! : mux(takes[row]!, sums[row]!, above));
    chain.unshift(delayed(first, batch - 1 - late));
  }
  return named({ chain }).chain[0]!;
}
