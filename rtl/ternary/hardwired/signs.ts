import type { Adder, AdderGraph, Term } from './adder-graph.ts';

/*
 * a - b costs what b - a costs, so the sign of a difference is free, and with it the signs of what is made of it. They
 * are chosen so that few outputs are negations, each of which costs an adder. Where an output is the negation of a sum of
 * inputs alone, so that there is no difference in it, nothing can be done.
 */

/** The same matrix with fewer negated outputs, where turning one difference after the other gives that. */
export function chooseSigns(graph: AdderGraph): AdderGraph {
  let best = graph;
  for (let row = 0; row < graph.outputs.length; row++) {
    if (!best.outputs[row]!.isNegative) continue;
    for (const node of differencesUnder(best, best.outputs[row]!.node)) {
      const turned = turn(best, node);
      if (negationsOf(turned) >= negationsOf(best)) continue;
      best = turned;
      break;
    }
  }
  return best;
}

/** How many outputs are negations. */
export function negationsOf({ outputs }: AdderGraph): number {
  return outputs.filter(({ isNegative }) => isNegative).length;
}

/** The differences that a node is made of, the nearest ones first. */
function differencesUnder({ inputs, adders }: AdderGraph, node: number): number[] {
  const seen = new Set([node]);
  for (const each of seen) {
    const adder = adders[each - inputs];
    if (adder !== undefined) seen.add(adder.left).add(adder.right);
  }
  return [...seen].filter(each => adders[each - inputs]?.isDifference);
}

/** The same matrix with the negation of a difference in its place. */
function turn({ inputs, adders, outputs }: AdderGraph, difference: number): AdderGraph {
  const isTurned = Array<boolean>(inputs).fill(false);
  const signed = (node: number, isNegative: boolean): Term => ({
    node,
    isNegative: isNegative !== isTurned[node],
  });
  const changed = adders.map(({ left, right, isDifference }, i): Adder => {
    const isIt = inputs + i === difference;
    const [a, b] = [signed(left, isIt), signed(right, isDifference !== isIt)];
    isTurned.push((a.isNegative && b.isNegative) !== isIt);
    const [first, second] = a.isNegative && !b.isNegative ? [b, a] : [a, b];
    return {
      left: first.node,
      right: second.node,
      isDifference: first.isNegative !== second.isNegative,
    };
  });
  return {
    inputs,
    adders: changed,
    outputs: outputs.map(({ node, isNegative }) => signed(node, isNegative)),
  };
}
