import { type NetId, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';
import { extended, isNotZero, operand } from './operands.ts';

/** Operations bit by bit, and those that make one bit of many. */

function binary(operation: 'and' | 'or' | 'xor', isInverted = false): CellReader {
  return {
    outputs: ['Y'],
    read: cell => {
      const operands = [operand(cell, 'A'), operand(cell, 'B')];
      if (!isInverted) cell.drive('Y', operation, operands, undefined);
      else cell.drive('Y', 'complement', [cell.builder.cell(operation, operands, undefined)], undefined);
    },
  };
}

const not: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const width = cell.number('Y_WIDTH');
    cell.drive('Y', 'invert', [extended(cell, 'A', width)], { width });
  },
};

/** A single bit; bits of Y above it are 0. */
function single(of: (cell: NetlistCell) => NetId): CellReader {
  return { outputs: ['Y'], read: cell => cell.builder.copy(cell.output('Y'), of(cell)) };
}

// Bits of several nets are looked at where they are: putting them side by side takes longer.

const anyOf = (cell: NetlistCell, port = 'A'): NetId => {
  const b = cell.builder;
  return cell
    .distinct(port)
    .map(part => isNotZero(b, part))
    .reduce((x, y) => b.or(x, y));
};

const allOf = (cell: NetlistCell): NetId => {
  const b = cell.builder;
  const isFull = (part: NetId): NetId => {
    const { width } = b.interval(part);
    return width === 1 ? part : b.cell('equal', [part, b.constant(uint(width).max, width)], undefined);
  };
  return cell
    .distinct('A')
    .map(isFull)
    .reduce((x, y) => b.and(x, y));
};

const parityOf = (cell: NetlistCell): NetId =>
  cell.builder.cell('parity', [cell.input('A')], { width: Math.max(1, cell.width('A')) });

/** Takes each bit from B where S is 1, else from A. */
const choiceByBit: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const [whenZero, whenOne, chosen] = ['A', 'B', 'S'].map(port => cell.input(port));
    const different = b.and(b.cell('xor', [whenZero!, whenOne!], undefined), chosen!);
    b.copy(
      cell.output('Y'),
      b.wrapped(b.cell('xor', [whenZero!, different], undefined), uint(cell.width('Y'))),
    );
  },
};

export const bitwise: Readonly<Record<string, CellReader>> = {
  $not: not,
  $and: binary('and'),
  $or: binary('or'),
  $xor: binary('xor'),
  $xnor: binary('xor', true),
  // Two states know no difference between `===` and `==`.
  $bweqx: binary('xor', true),
  $bwmux: choiceByBit,
  $reduce_and: single(allOf),
  $reduce_or: single(anyOf),
  $reduce_bool: single(anyOf),
  $reduce_xor: single(parityOf),
  $reduce_xnor: single(cell => cell.builder.not(parityOf(cell))),
  $logic_not: single(cell => cell.builder.not(anyOf(cell))),
  $logic_and: single(cell => cell.builder.and(anyOf(cell), anyOf(cell, 'B'))),
  $logic_or: single(cell => cell.builder.or(anyOf(cell), anyOf(cell, 'B'))),
};
