import { named, pairs, registered, type Signal } from '../../hdl-gen/lang/index.ts';

/** Where the tree has registers. */
export interface TreeOptions {
  /** Levels of adders from one register to the next, from 1. There is always one in front of the first level. */
  readonly pipeline: number;
  /** What the terms are called. */
  readonly terms: string;
  /** What the sums of a level are called: `level_1_0` and so on without it. */
  readonly levels?: string | undefined;
}

/**
 * The sum of all terms by a binary tree of adders, each level as wide as its sums can be. The terms come without a
 * register, and the one behind the sum is for whoever takes it: with that it is there `treeLatency` edges after the terms.
 */
export function adderTree(terms: readonly Signal[], options: TreeOptions): Signal {
  const last = levelsOf(terms.length);
  let level = terms;
  for (let depth = 0; depth < last; depth++) {
    const sums = depth === 0 ? terms : sumsOf(level);
    level = hasRegister(depth, options) ? sums.map(sum => registered(sum)) : sums;
    named({ [depth === 0 ? options.terms : `${options.levels ?? 'level'}_${depth}`]: level });
  }
  return last === 0 ? terms[0]! : sumsOf(level)[0]!;
}

function sumsOf(level: readonly Signal[]): Signal[] {
  return pairs(level).map(([a, b]) => (b === undefined ? a : a.add(b)));
}

/** How many edges after its terms the sum of `count` terms is in the register behind the tree. */
export function treeLatency(count: number, options: Pick<TreeOptions, 'pipeline'>): number {
  const last = levelsOf(count);
  let latency = 1;
  for (let depth = 0; depth < last; depth++) if (hasRegister(depth, options)) latency++;
  return latency;
}

function levelsOf(count: number): number {
  return Math.ceil(Math.log2(count));
}

/** Not of the last level, whose register is behind the tree. */
function hasRegister(depth: number, { pipeline }: Pick<TreeOptions, 'pipeline'>): boolean {
  return depth % pipeline === 0;
}
