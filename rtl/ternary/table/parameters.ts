import { Interval } from '../../../hdl-gen/lang/index.ts';
import { treeLatency } from '../adder-tree.ts';
import { type DotProductParameters, initInterval, mostTerms } from '../parameters.ts';
import type { RowPath } from '../row-path.ts';
import { treeCells, treePaths } from '../tree-cost.ts';
import { encodeFive, entries, tableLanes } from './walk.ts';

/** The numbers that decide what an array of tables looks like. */
export interface TableParameters extends DotProductParameters {
  /** Dot products that share the same activations, from 1. */
  readonly rows: number;
  /** Rows of a matrix at most, from 1: the sums of all of them are kept. */
  readonly maxM: number;
}

/** What follows from the parameters. */
export interface TableLayout {
  /** Tables of a row, of five lanes each; the last one may have lanes without a use. */
  readonly tables: number;
  /** Fillers, and how many tables each of them fills, one after another. Table t is filled by filler t mod fillers. */
  readonly fillers: number;
  readonly tablesPerFiller: number;
  /** Cycles from the first activation of a set of tables to a set that can be read. */
  readonly refillCycles: number;
  /** Groups of `rows` rows whose sums are kept. */
  readonly groups: number;
  /** Bits of an entry of a table. */
  readonly entryBits: number;
  /** When the initial value is due, in edges after the codes of the same beat. */
  readonly init: number;
  /** When the sum is at the output. */
  readonly result: number;
  /** What a sum can be. */
  readonly sum: Interval;
}

/** How an array of tables is laid out. As many fillers as hide the refill behind the largest matrix. */
export function tableLayout(parameters: TableParameters): TableLayout {
  const { lanes, rows, activationBits, maxM } = parameters;
  const tables = Math.ceil(lanes / tableLanes);
  const groups = Math.ceil(maxM / rows);
  const cyclesPerTable = tableLanes + entries.length;
  const inTime = Math.max(1, Math.floor(groups / cyclesPerTable));
  const fillers = Math.ceil(tables / inTime);
  const tablesPerFiller = Math.ceil(tables / fillers);
  const init = treeLatency(tables, parameters);
  return {
    tables,
    fillers,
    tablesPerFiller,
    refillCycles: tablesPerFiller * cyclesPerTable + fillDelay,
    groups,
    entryBits: sumOfFive(activationBits).width,
    init,
    result: init + 2,
    sum: sumInterval(parameters),
  };
}

/** Cycles between two steps in which no beat is taken: so the first sum of a step is kept before the next step reads it. */
export const stepGap = 3;

/** Edges from the last step of a filler to the set that can be read. */
export const fillDelay = 2;

/** Logic cells of an array of tables, told before anything is synthesised, within some per cent. */
export function tableCells(parameters: TableParameters): number {
  const { rows, activationBits, initBits } = parameters;
  const { tables, fillers, tablesPerFiller, entryBits, sum, groups, init } = tableLayout(parameters);
  // Of a filler: five activations, the choice of one of them, and the adder.
  const filling = fillers * ((tableLanes + 1) * activationBits + entryBits) + tablesPerFiller + fillerControl;
  const tree = treeCells({ terms: tables, bits: entryBits, pipeline: parameters.pipeline });
  const row = tables * (entryBits + 1) + tree + 2 * sum.width + init * initBits;
  return filling + rows * row + 2 * Math.ceil(Math.log2(groups)) + 6 * init;
}

/** The kinds of paths of an array of tables. */
export function tablePaths(parameters: TableParameters): readonly RowPath[] {
  const { tables, entryBits, sum } = tableLayout(parameters);
  return [
    // A block RAM takes as long to show a word as a register and two LUTs; then there is the gate.
    { from: 'register', luts: 3, chain: 0 },
    // From the place in the walk, 7 bits, to what a filler does there.
    { from: 'register', luts: 5, chain: 0 },
    ...treePaths({ terms: tables, bits: entryBits, pipeline: parameters.pipeline }),
    { from: 'register', luts: 0, chain: sum.width },
  ];
}

/** Cells of what all fillers share: the place in the walk, the controls of each step, the sets that are full. */
const fillerControl = 110;

/**
 * A row of weights as its array takes it: for each step of `lanes` columns the codes of its tables, and the constant of
 * the whole row, which travels in the initial value.
 */
export function encodeTableRow(
  weights: readonly number[],
  parameters: TableParameters,
): { readonly codes: readonly (readonly number[])[]; readonly constant: number } {
  const { lanes } = parameters;
  const { tables } = tableLayout(parameters);
  let constant = 0;
  const codes = Array.from({ length: Math.ceil(weights.length / lanes) }, (_, step) => {
    const own = weights.slice(step * lanes, Math.min((step + 1) * lanes, weights.length));
    return Array.from({ length: tables }, (_, table) => {
      const five = Array.from({ length: tableLanes }, (_, i) => own[table * tableLanes + i] ?? 0);
      const encoded = encodeFive(five);
      constant += encoded.constant;
      return encoded.code;
    });
  });
  return { codes, constant };
}

/** What five activations with any weights add up to, as it is or inverted. */
function sumOfFive(activationBits: number): Interval {
  const most = BigInt(tableLanes) << BigInt(activationBits - 1);
  return new Interval(-most - 1n, most);
}

/** What a sum can be: `maxK` products in steps of `lanes` columns, inverted sums of five among them, and an initial value. */
function sumInterval(parameters: TableParameters): Interval {
  const init = initInterval(parameters);
  const most = 1n << BigInt(parameters.activationBits - 1);
  const terms = BigInt(mostTerms(parameters));
  const reads = BigInt(
    Math.ceil(mostTerms(parameters) / parameters.lanes) * Math.ceil(parameters.lanes / tableLanes),
  );
  return new Interval(-most * terms - reads + init.min, most * terms + init.max);
}
