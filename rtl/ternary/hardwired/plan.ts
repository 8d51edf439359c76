import { type AdderGraph, depthsOf } from './adder-graph.ts';
import { straight, transposed } from './assemble.ts';
import { sharePairs } from './sharing.ts';
import { chooseSigns, negationsOf } from './signs.ts';

/** Work that the search may do: a matrix of 64 x 64 takes about a second, and small ones are searched more often. */
const effort = 600_000;

/** Searches on the matrix, and as many on its transpose. */
const mostSearches = 16;

/**
 * A graph of few adders for a ternary matrix; the same matrix always gets the same graph.
 *
 * The search goes by chance where it finds several ways equally good. It is made several times, on the matrix and on
 * its transpose; the fewest adders win, then the fewest levels.
 *
 * @param matrix rows of -1, 0 and 1, all of one length; none of them is all zeros.
 */
export function planAdders(matrix: readonly (readonly number[])[]): AdderGraph {
  const columns = matrix[0]!.length;
  const rows = matrix.map(entriesOf);
  const turned = Array.from({ length: columns }, (_, c) => entriesOf(matrix.map(row => row[c]!)));
  const entries = rows.reduce((sum, { size }) => sum + size, 0);
  const searches = Math.max(1, Math.min(mostSearches, Math.floor(effort / entries ** 1.5)));
  const random = randomFrom(1);
  const found = Array.from({ length: searches }, () => [
    () => straight(columns, sharePairs(columns, rows, random)),
    () => transposed(rows.length, sharePairs(rows.length, turned, random)),
  ]).flat();
  return found.map(search => chooseSigns(search())).reduce((a, b) => (isBetter(b, a) ? b : a));
}

/** Adders of a graph, and those that negate an output. */
export function addersOf(graph: AdderGraph): number {
  return graph.adders.length + negationsOf(graph);
}

function isBetter(a: AdderGraph, b: AdderGraph): boolean {
  const difference = addersOf(a) - addersOf(b);
  return difference < 0 || (difference === 0 && Math.max(...depthsOf(a)) < Math.max(...depthsOf(b)));
}

function entriesOf(row: readonly number[]): Map<number, number> {
  return new Map([...row.entries()].filter(([, entry]) => entry !== 0));
}

/** Random numbers from 0 to 1, the same on every machine (a linear congruence of Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
