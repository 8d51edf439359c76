import { type AdderGraph, GraphBuilder, type Term } from './adder-graph.ts';
import type { SharedRows } from './sharing.ts';

/*
 * Two ways from shared rows to a graph. The straight one adds up what is left of each row.
 *
 * The other one is for rows that were the columns of the matrix: every sum becomes a fork and every fork a sum. A graph
 * that is turned around in this way computes the transposed matrix. The adders that it needs differ from those before by
 * the difference of rows and columns alone. So the same search can be made on a matrix and on its transpose, which finds other graphs.
 */

/** The graph of a matrix from its shared rows. */
export function straight(inputs: number, { pairs, rows }: SharedRows): AdderGraph {
  const builder = new GraphBuilder(inputs);
  for (const { first, second, isDifference } of pairs)
    builder.add({ node: first, isNegative: false }, { node: second, isNegative: isDifference });
  const outputs = rows.map(row => builder.sum([...row].map(([node, sign]) => term(node, sign))));
  return { inputs, adders: builder.adders, outputs };
}

/** The graph of a matrix with `outputs` rows from its shared columns. */
export function transposed(outputs: number, { pairs, rows: columns }: SharedRows): AdderGraph {
  const builder = new GraphBuilder(columns.length);
  /** What reads each node of the search, and is added up to be its value here. */
  const readers = Array.from({ length: outputs + pairs.length }, (): Term[] => []);
  for (const [input, column] of columns.entries())
    for (const [node, sign] of column) readers[node]!.push(term(input, sign));
  for (const [i, { first, second, isDifference }] of [...pairs.entries()].reverse()) {
    const { node, isNegative } = builder.sum(readers[outputs + i]!);
    readers[first]!.push({ node, isNegative });
    readers[second]!.push({ node, isNegative: isNegative !== isDifference });
  }
  return {
    inputs: columns.length,
    outputs: readers.slice(0, outputs).map(terms => builder.sum(terms)),
    adders: builder.adders,
  };
}

function term(node: number, sign: number): Term {
  return { node, isNegative: sign < 0 };
}
