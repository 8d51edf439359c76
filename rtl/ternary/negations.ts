import { concat, delayed, mux, named, registered, type Signal } from '../../hdl-gen/lang/index.ts';
import { adderTree, treeLatency } from './adder-tree.ts';
import type { DotProductParameters } from './parameters.ts';
import { treeCells } from './tree-cost.ts';

/*
 * The weights -1 of a beat, counted by logic: for weights that nobody has seen before, whose number cannot travel in the
 * initial value. A gate makes ~x of -x = ~x + 1, and what is missing is the number of weights -1.
 *
 * Three bits at a time become a number of two bits, which is two LUTs; a tree adds these up, beside that of the activations
 * and never slower. The count comes to the sum behind the tree.
 */

/** The register behind the tree of the gates comes one edge later where negations are counted. */
export function countLatency({ negations }: Pick<DotProductParameters, 'negations'>): number {
  return negations === 'counted' ? 1 : 0;
}

/** The sum of gates, and what is missing for their negations. Neither the gates nor the result has a register. */
export function withNegations(
  sum: Signal,
  negative: readonly Signal[],
  { pipeline }: DotProductParameters,
): Signal {
  const thirds = inThrees(negative).map(onesIn);
  const count = adderTree(thirds, { pipeline, terms: 'ones', levels: 'ones_level' });
  const wait = treeLatency(negative.length, { pipeline }) - treeLatency(thirds.length, { pipeline });
  const { negations } = named({ negations: delayed(registered(count), wait) });
  const { products } = named({ products: registered(sum) });
  return products.add(negations);
}

/** Logic cells of the count of `terms` negations, and of the adder of a sum of `sumBits` bits, with their registers. */
export function countCells(terms: number, sumBits: number, { pipeline }: DotProductParameters): number {
  const thirds = Math.ceil(terms / 3);
  const wait = treeLatency(terms, { pipeline }) - treeLatency(thirds, { pipeline });
  const countBits = Math.floor(Math.log2(terms)) + 1;
  return 2 * thirds + treeCells({ terms: thirds, bits: 2, pipeline }) + wait * countBits + sumBits + 1;
}

function inThrees(bits: readonly Signal[]): Signal[][] {
  return Array.from({ length: Math.ceil(bits.length / 3) }, (_, i) => bits.slice(3 * i, 3 * i + 3));
}

/** How many of up to three bits are 1, as two functions of them and not as an adder with a carry chain. */
function onesIn([a, b, c]: readonly Signal[]): Signal {
  if (b === undefined) return a!;
  if (c === undefined) return concat(a!.xor(b), a!.and(b));
  return concat(a!.xor(b).xor(c), mux(a!.xor(b), c, a!));
}
