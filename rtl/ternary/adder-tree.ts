import { named, pairs, registered, type Signal } from '../../hdl-gen/lang/index.ts';

/** Where the tree has registers. */
export interface TreeOptions {
  /** Levels of adders from one register to the next, from 1. The sum of the last level is always registered. */
  readonly pipeline: number;
}

/**
 * The sum of all terms by a binary tree of adders, each level as wide as its sums can be. It arrives
 * `treeLatency` edges after the terms.
 */
export function adderTree(terms: readonly Signal[], options: TreeOptions): Signal {
  const last = levelsOf(terms.length);
  let level = terms;
  for (let depth = 1; depth <= last; depth++) {
    const isRegistered = hasRegister(depth, last, options);
    level = pairs(level).map(([a, b]) => {
      const sum = b === undefined ? a : a.add(b);
      return isRegistered ? registered(sum) : sum;
    });
    named({ [depth === last ? 'sum' : `level_${depth}`]: depth === last ? level[0] : level });
  }
  return level[0]!;
}

/** How many edges after its terms the sum of `count` terms arrives. */
export function treeLatency(count: number, options: TreeOptions): number {
  const last = levelsOf(count);
  let latency = 0;
  for (let depth = 1; depth <= last; depth++) if (hasRegister(depth, last, options)) latency++;
  return latency;
}

function levelsOf(count: number): number {
  return Math.ceil(Math.log2(count));
}

function hasRegister(depth: number, last: number, { pipeline }: TreeOptions): boolean {
  return depth % pipeline === 0 || depth === last;
}

/** Logic cells of the tree for activations of some bits: one for each bit of an adder, or of a register that waits. */
export function levelCells({
  lanes,
  activationBits,
  ...options
}: TreeOptions & { readonly lanes: number; readonly activationBits: number }): number {
  const last = levelsOf(lanes);
  let cells = 0;
  for (let depth = 1, count = lanes; depth <= last; depth++, count = Math.ceil(count / 2)) {
    const width = activationBits + depth;
    const isWaiting = count % 2 === 1 && hasRegister(depth, last, options);
    cells += Math.floor(count / 2) * width + (isWaiting ? width : 0);
  }
  return cells;
}
