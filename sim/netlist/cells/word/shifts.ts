import { type NetId, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';
import { extended, isNegative, magnitude, operand } from './operands.ts';

/** Shifts by a variable. What is shifted out is lost, however far. */

function left(cell: NetlistCell, a: NetId, by: NetId): NetId {
  return cell.builder.cell('shiftLeftWithin', [a, by], { width: cell.number('Y_WIDTH') });
}

/** A with all bits that it or Y has: a shift to the right brings zeros from above these. */
function whole(cell: NetlistCell): NetId {
  return extended(cell, 'A', Math.max(1, cell.width('A'), cell.number('Y_WIDTH')));
}

function shift(make: (cell: NetlistCell) => NetId): CellReader {
  return { outputs: ['Y'], read: cell => cell.builder.copy(cell.output('Y'), make(cell)) };
}

const toTheLeft = shift(cell => left(cell, operand(cell, 'A'), cell.input('B')));

const logicalToTheRight = shift(cell =>
  cell.builder.cell('shiftRightBy', [whole(cell), cell.input('B')], undefined),
);

/** Of a signed A the sign comes from above. */
const arithmeticToTheRight = shift(cell =>
  cell.builder.cell('shiftRightBy', [operand(cell, 'A'), cell.input('B')], undefined),
);

/** To the right by B, and to the left where B is negative. */
function eitherWay(of: (cell: NetlistCell) => NetId): CellReader {
  return shift(cell => {
    const b = cell.builder;
    const [a, by] = [of(cell), operand(cell, 'B')];
    const right = b.cell('shiftRightBy', [a, magnitude(b, by)], undefined);
    if (!cell.flag('B_SIGNED')) return right;
    const cut = b.wrapped(right, uint(cell.number('Y_WIDTH')));
    return b.cell('mux', [isNegative(b, by), left(cell, a, magnitude(b, by)), cut], undefined);
  });
}

export const shifts: Readonly<Record<string, CellReader>> = {
  $shl: toTheLeft,
  $sshl: toTheLeft,
  $shr: logicalToTheRight,
  $sshr: arithmeticToTheRight,
  $shift: eitherWay(whole),
  // A part of A that begins at bit B. Beyond its ends A is unknown, so nothing is extended.
  $shiftx: eitherWay(cell => cell.input('A')),
};
