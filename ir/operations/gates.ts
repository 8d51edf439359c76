import { Interval, uint } from '../interval.ts';
import type { Machine } from './machine.ts';
import type { Operation } from './operation.ts';
import { type Formula, formulaOf } from './table-logic.ts';

/*
 * What the logic cells of an FPGA do with single bits. The language has neither: it says what is meant, and synthesis
 * finds the table.
 */

/** A function of single bits: bit i of `table` is the result where the operands, the first one lowest, are i. */
export interface TableParameters {
  /** 2^n bits for n operands, at most 4. */
  readonly table: number;
}

export const lut: Operation<TableParameters> = {
  summary: 'bit i of `table`, where the bits of i are the operands, the first one lowest',
  interval: (operands, { table }) =>
    table === 0 ? Interval.of(0n) : table === 2 ** (2 ** operands.length) - 1 ? Interval.of(1n) : uint(1),
  evaluate: (operands, { table }) => {
    const index = operands.reduce((sum, operand, i) => sum + (operand << BigInt(i)), 0n);
    return (BigInt(table) >> index) & 1n;
  },
  compile: (m, operands, { table }) => compileFormula(m, formulaOf(table, operands.length), operands),
};

export const majority: Operation<undefined> = {
  summary: '1 where at least two of the three bits are 1, else 0',
  interval: () => uint(1),
  evaluate: ([a, b, c]) => (a! + b! + c! >= 2n ? 1n : 0n),
  compile: (m, [a, b, c]) => m.or(m.and(a!, b!), m.and(m.xor(a!, b!), c!)),
};

function compileFormula<W>(m: Machine<W>, formula: Formula, operands: readonly W[]): W {
  switch (formula.kind) {
    case 'constant':
      return m.constant(BigInt(formula.value));
    case 'variable':
      return operands[formula.index]!;
    case 'not':
      return m.xor(compileFormula(m, formula.of, operands), m.constant(1n));
    default:
      return m[formula.kind](
        compileFormula(m, formula.left, operands),
        compileFormula(m, formula.right, operands),
      );
  }
}
