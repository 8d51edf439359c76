/*
 * A constant matrix as adders: y = W x, without a multiplication and without a zero.
 *
 * Nodes are numbered: first the inputs, one for each column, then the adders, each of earlier nodes. An adder is a sum
 * or a difference of two nodes. An output is a node, or the negation of one.
 */

/** left + right, or left - right. */
export interface Adder {
  readonly left: number;
  readonly right: number;
  readonly isDifference: boolean;
}

/** A node with a sign: a term of a sum, or an output. */
export interface Term {
  readonly node: number;
  readonly isNegative: boolean;
}

/** Adders that compute a matrix. */
export interface AdderGraph {
  /** Columns of the matrix: the nodes from 0. */
  readonly inputs: number;
  /** The nodes from `inputs`, each after its operands. */
  readonly adders: readonly Adder[];
  /** One for each row of the matrix. */
  readonly outputs: readonly Term[];
}

/** Levels of adders up to each node; an input has none. */
export function depthsOf({ inputs, adders }: AdderGraph): number[] {
  const depths = Array<number>(inputs).fill(0);
  for (const { left, right } of adders) depths.push(1 + Math.max(depths[left]!, depths[right]!));
  return depths;
}

/** Builds a graph node by node, and knows how deep each one is. */
export class GraphBuilder {
  readonly adders: Adder[] = [];
  readonly #depths: number[];

  constructor(inputs: number) {
    this.#depths = Array<number>(inputs).fill(0);
  }

  /** a + b, with a sign that is negative only where both terms are. */
  add(a: Term, b: Term): Term {
    const [left, right] = a.isNegative && !b.isNegative ? [b, a] : [a, b];
    this.adders.push({
      left: left.node,
      right: right.node,
      isDifference: left.isNegative !== right.isNegative,
    });
    this.#depths.push(1 + Math.max(this.#depths[left.node]!, this.#depths[right.node]!));
    return { node: this.#depths.length - 1, isNegative: left.isNegative };
  }

  /** The sum of one term or more, in as few levels as possible: the two shallowest are always added next. */
  sum(terms: readonly Term[]): Term {
    const depth = ({ node }: Term): number => this.#depths[node]!;
    const waiting = [...terms].sort((a, b) => depth(a) - depth(b) || a.node - b.node);
    while (waiting.length > 1) {
      const both = this.add(...(waiting.splice(0, 2) as [Term, Term]));
      const place = waiting.findIndex(other => depth(other) > depth(both));
      waiting.splice(place < 0 ? waiting.length : place, 0, both);
    }
    return waiting[0]!;
  }
}
