import type { RowPath } from './row-path.ts';

/** A tree of adders without signals: what decides its cells and paths. */
export interface TreeSize {
  readonly terms: number;
  /** Bits of a term. */
  readonly bits: number;
  /** Levels of adders from one register to the next. */
  readonly pipeline: number;
}

/** What is added up between two registers. */
interface Group {
  readonly count: number;
  readonly operands: number;
  /** Bits of an operand. */
  readonly bits: number;
  readonly levels: number;
}

/**
 * Logic cells of a tree, with the register behind it. An adder takes a cell for each bit of its sum. Of three operands and
 * more Yosys makes carry-save adders, of two cells for each bit, until two are left: that is as fast and takes more.
 */
export function treeCells(size: TreeSize): number {
  return groupsOf(size).reduce((sum, group) => sum + group.count * groupCells(group), 0);
}

/** Its kinds of paths. */
export function treePaths(size: TreeSize): readonly RowPath[] {
  return groupsOf(size).map(({ operands, bits, levels }) => {
    const luts = operands > 2 ? levels + 1 : 0;
    // What has gone through LUTs enters the chain above its lowest bit.
    const chain = operands > 2 ? bits : bits + levels;
    return { from: 'register', luts, chain: operands === 1 ? 0 : chain };
  });
}

function groupCells({ operands, bits, levels }: Group): number {
  // One operand waits in a register.
  if (operands === 1) return bits;
  // The operands of later carry-save adders are wider.
  const carrySave = 2 * (operands - 2) * (bits + (2 / 3) * Math.max(0, levels - 2));
  return carrySave + bits + 1;
}

function groupsOf({ terms, bits, pipeline }: TreeSize): Group[] {
  const last = Math.ceil(Math.log2(terms));
  const groups: Group[] = [];
  for (let from = 0, operands = terms; from < last; ) {
    const levels = Math.min(pipeline, last - from);
    const size = 2 ** levels;
    const common = { bits: bits + from, levels };
    const full = Math.floor(operands / size);
    if (full > 0) groups.push({ ...common, count: full, operands: size });
    if (operands % size > 0) groups.push({ ...common, count: 1, operands: operands % size });
    operands = Math.ceil(operands / size);
    from += levels;
  }
  return groups;
}
