import type { CellReader } from '../../cell.ts';
import { operand } from './operands.ts';

/** Comparisons of the integers that the operands mean. Two states know no difference between `===` and `==`. */

type Port = 'A' | 'B';

function comparison(
  operation: 'equal' | 'less',
  [left, right]: readonly [Port, Port],
  isInverted = false,
): CellReader {
  return {
    outputs: ['Y'],
    read: cell => {
      const b = cell.builder;
      const bit = b.cell(operation, [operand(cell, left), operand(cell, right)], undefined);
      b.copy(cell.output('Y'), isInverted ? b.cell('equal', [bit, b.constant(0n)], undefined) : bit);
    },
  };
}

const equal = comparison('equal', ['A', 'B']);
const different = comparison('equal', ['A', 'B'], true);

export const comparisons: Readonly<Record<string, CellReader>> = {
  $eq: equal,
  $eqx: equal,
  $ne: different,
  $nex: different,
  $lt: comparison('less', ['A', 'B']),
  $gt: comparison('less', ['B', 'A']),
  $le: comparison('less', ['B', 'A'], true),
  $ge: comparison('less', ['A', 'B'], true),
};
