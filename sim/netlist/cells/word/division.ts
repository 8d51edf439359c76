import { type NetId, uint } from '../../../../ir/index.ts';
import type { CircuitBuilder } from '../../builder.ts';
import type { CellReader } from '../../cell.ts';
import { isNegative, isNotZero, isZero, magnitude, negatedIf, operand } from './operands.ts';

/** Quotients, remainders and powers. What Verilog leaves unknown, as a division by 0, is 0. */

/** The widest operands that the rows `divide` and `remainder` take. */
const widestDivision = 64;

interface Division {
  readonly quotient: NetId;
  readonly remainder: NetId;
}

/** The quotient and the remainder of numbers without a sign; both 0 where b is 0. */
function divided(b: CircuitBuilder, a: NetId, by: NetId): Division {
  if (Math.max(b.interval(a).width, b.interval(by).width) <= widestDivision)
    return {
      quotient: b.cell('divide', [a, by], undefined),
      remainder: b.cell('remainder', [a, by], undefined),
    };
  return longDivision(b, a, by);
}

/** Bit by bit from the highest, as it is done on paper. */
function longDivision(b: CircuitBuilder, a: NetId, by: NetId): Division {
  const [bits, most] = [b.interval(a).width, b.interval(by).width];
  const quotient: NetId[] = [];
  let rest = b.constant(0n);
  for (let low = bits - 1; low >= 0; low--) {
    const next = b.joined([b.cell('slice', [a], { low, width: 1 }), rest]);
    const goes = b.not(b.cell('less', [next, by], undefined));
    const smaller = b.cell('mux', [goes, b.cell('sub', [next, by], undefined), next], undefined);
    // What remains is less than the divisor, and less than 2 to the number of bits that were taken down.
    rest = b.wrapped(smaller, uint(Math.min(most, bits - low)));
    quotient.unshift(goes);
  }
  const none = isZero(b, by);
  const zero = b.constant(0n);
  return {
    quotient: b.cell('mux', [none, zero, b.joined(quotient)], undefined),
    remainder: b.cell('mux', [none, zero, rest], undefined),
  };
}

/** `make` gives the result from the operands, their magnitudes divided, and whether their signs differ. */
function division(
  make: (b: CircuitBuilder, divided: Division, a: NetId, by: NetId, differ: NetId) => NetId,
): CellReader {
  return {
    outputs: ['Y'],
    read: cell => {
      const b = cell.builder;
      const [a, by] = [operand(cell, 'A'), operand(cell, 'B')];
      const differ = b.cell('xor', [isNegative(b, a), isNegative(b, by)], undefined);
      const result = make(b, divided(b, magnitude(b, a), magnitude(b, by)), a, by, differ);
      b.copy(cell.output('Y'), result);
    },
  };
}

/** Towards zero, as in Verilog. */
const truncated = division((b, { quotient }, _a, _by, differ) => negatedIf(b, differ, quotient));

const truncatedRest = division((b, { remainder }, a) => negatedIf(b, isNegative(b, a), remainder));

/** Whether rounding down gives another result than rounding towards zero. */
function roundsDown(b: CircuitBuilder, { remainder }: Division, differ: NetId): NetId {
  return b.and(differ, isNotZero(b, remainder));
}

const floored = division((b, parts, _a, _by, differ) =>
  b.cell('sub', [negatedIf(b, differ, parts.quotient), roundsDown(b, parts, differ)], undefined),
);

const flooredRest = division((b, parts, a, by, differ) => {
  const rest = negatedIf(b, isNegative(b, a), parts.remainder);
  const moved = b.cell('add', [rest, by], undefined);
  return b.cell('mux', [roundsDown(b, parts, differ), moved, rest], undefined);
});

/** A to the power of B. With a negative B only -1 and 1 have a power that is not 0. */
const power: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const width = cell.number('Y_WIDTH');
    const [a, exponent] = [operand(cell, 'A'), operand(cell, 'B')];
    const bits = cell.width('B') - (cell.flag('B_SIGNED') ? 1 : 0);
    let square = b.wrapped(a, uint(width));
    let result = b.constant(1n, width);
    for (let i = 0; i < bits; i++) {
      if (i > 0) square = b.cell('multiply', [square, square], { width });
      const isTaken = cell.resolved('B', i);
      if (isTaken === '0') continue;
      const product = b.cell('multiply', [result, square], { width });
      const taken = cell.vector([isTaken], 'B');
      result = b.cell('mux', [taken, product, result], undefined);
    }
    if (cell.flag('B_SIGNED')) {
      const isOdd = cell.vector([cell.resolved('B')], 'B');
      const one = b.constant(1n, width);
      const minusOne = b.constant((1n << BigInt(width)) - 1n, width);
      const isOne = b.cell('equal', [a, b.constant(1n)], undefined);
      const isMinusOne = b.cell('equal', [b.cell('complement', [a], undefined), b.constant(0n)], undefined);
      const ofMinusOne = b.cell('mux', [isOdd, minusOne, one], undefined);
      const otherwise = b.cell('mux', [isMinusOne, ofMinusOne, b.constant(0n, width)], undefined);
      const inverse = b.cell('mux', [isOne, one, otherwise], undefined);
      result = b.cell('mux', [isNegative(b, exponent), inverse, result], undefined);
    }
    b.copy(cell.output('Y'), result);
  },
};

export const divisions: Readonly<Record<string, CellReader>> = {
  $div: truncated,
  $mod: truncatedRest,
  $divfloor: floored,
  $modfloor: flooredRest,
  $pow: power,
};
