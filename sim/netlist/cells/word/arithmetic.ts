import { type NetId, uint } from '../../../../ir/index.ts';
import type { CircuitBuilder } from '../../builder.ts';
import type { CellReader } from '../../cell.ts';
import { extended, operand } from './operands.ts';

/** Sums and products: of an exact result Y has the low bits. */

function exact(operation: 'add' | 'sub'): CellReader {
  return {
    outputs: ['Y'],
    read: cell => cell.drive('Y', operation, [operand(cell, 'A'), operand(cell, 'B')], undefined),
  };
}

const multiply: CellReader = {
  outputs: ['Y'],
  read: cell =>
    cell.drive('Y', 'multiply', [operand(cell, 'A'), operand(cell, 'B')], { width: cell.width('Y') }),
};

const negate: CellReader = {
  outputs: ['Y'],
  read: cell => cell.drive('Y', 'negate', [operand(cell, 'A')], undefined),
};

/** A itself, at another width. */
const copy: CellReader = {
  outputs: ['Y'],
  read: cell => cell.builder.copy(cell.output('Y'), operand(cell, 'A')),
};

/** One full adder for each bit, without connections between them. */
const fullAdders: CellReader = {
  outputs: ['X', 'Y'],
  read: cell => {
    const b = cell.builder;
    const [a, other, carry] = ['A', 'B', 'C'].map(port => cell.input(port));
    const xor = b.cell('xor', [a!, other!], undefined);
    cell.drive('Y', 'xor', [xor, carry!], undefined);
    cell.drive('X', 'or', [b.and(a!, other!), b.and(carry!, xor)], undefined);
  },
};

/** The carries of an adder of these operands: bit i is the carry out of place i. */
function carries(b: CircuitBuilder, a: NetId, c: NetId, sum: NetId): NetId {
  const different = b.cell('xor', [a, c], undefined);
  const into = b.cell('xor', [different, sum], undefined);
  return b.or(b.and(a, c), b.and(different, into));
}

function sumOf(b: CircuitBuilder, width: number, ...nets: readonly NetId[]): NetId {
  const exactSum = nets.reduce((sum, net) => b.cell('add', [sum, net], undefined));
  return b.wrapped(exactSum, uint(width));
}

/** Sum, carries, and the exclusive or of the operands, of which B may be inverted. */
const arithmeticUnit: CellReader = {
  outputs: ['X', 'Y', 'CO'],
  read: cell => {
    const b = cell.builder;
    const width = cell.number('Y_WIDTH');
    const inverted = b.wrapped(b.cell('mask', [cell.input('BI')], undefined), uint(width));
    const a = extended(cell, 'A', width);
    const other = b.cell('xor', [extended(cell, 'B', width), inverted], undefined);
    const sum = sumOf(b, width, a, other, cell.input('CI'));
    cell.drive('X', 'xor', [a, other], undefined);
    b.copy(cell.output('Y'), sum);
    b.copy(cell.output('CO'), carries(b, a, other, sum));
  },
};

/** CO[i] = G[i] | P[i] & CO[i - 1]: these are the carries of P | G added to G. */
const lookAhead: CellReader = {
  outputs: ['CO'],
  read: cell => {
    const b = cell.builder;
    const [propagate, generate] = [cell.input('P'), cell.input('G')];
    const either = b.or(propagate, generate);
    const sum = sumOf(b, cell.width('CO'), either, generate, cell.input('CI'));
    b.copy(cell.output('CO'), carries(b, either, generate, sum));
  },
};

/** The sum of products and addends, each added or subtracted. */
const products: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const width = cell.number('Y_WIDTH');
    const sum = new RunningSum(cell.builder, width);
    const field = (name: string, i: number) => Number((cell.value(name) >> BigInt(16 * i)) & 0xffffn);
    const isSet = (name: string, i: number) => ((cell.value(name) >> BigInt(i)) & 1n) === 1n;
    const from = { A: 0, B: 0, C: 0 };
    const take = (port: 'A' | 'B' | 'C', i: number) => {
      const part = cell.vectorOf(port, from[port], field(`${port}_WIDTHS`, i), isSet(`${port}_SIGNED`, i));
      from[port] += field(`${port}_WIDTHS`, i);
      return part;
    };
    for (let i = 0; i < cell.number('NPRODUCTS'); i++) {
      const factors = [take('A', i), take('B', i)];
      sum.take(cell.builder.cell('multiply', factors, { width }), isSet('PRODUCT_NEGATED', i));
    }
    for (let i = 0; i < cell.number('NADDENDS'); i++) sum.take(take('C', i), isSet('ADDEND_NEGATED', i));
    cell.builder.copy(cell.output('Y'), sum.net);
  },
};

/** The older form of the same. CONFIG tells how A is divided into factors; each bit of B is added. */
const productsByConfig: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const width = cell.number('Y_WIDTH');
    const sum = new RunningSum(b, width);
    let config = cell.value('CONFIG');
    const take = (bits: number) => {
      const value = Number(BigInt.asUintN(bits, config));
      config >>= BigInt(bits);
      return value;
    };
    const lengthBits = take(4);
    const ports = Math.floor((cell.number('CONFIG_WIDTH') - 4) / (2 + 2 * lengthBits));
    let from = 0;
    for (let i = 0; i < ports; i++) {
      const [isSigned, isNegated] = [take(1) === 1, take(1) === 1];
      const factors = [take(lengthBits), take(lengthBits)].flatMap(length => {
        from += length;
        return length === 0 ? [] : [cell.vectorOf('A', from - length, length, isSigned)];
      });
      const [first] = factors;
      sum.take(factors.length === 2 ? b.cell('multiply', factors, { width }) : first!, isNegated);
    }
    for (const bit of cell.bits('B')) sum.take(cell.vector([bit], 'B'), false);
    b.copy(cell.output('Y'), sum.net);
  },
};

/** A sum modulo 2^width. */
class RunningSum {
  readonly #b: CircuitBuilder;
  readonly #width: number;
  net: NetId;

  constructor(b: CircuitBuilder, width: number) {
    this.#b = b;
    this.#width = width;
    this.net = b.constant(0n, width);
  }

  take(term: NetId, isNegated: boolean): void {
    const exactSum = this.#b.cell(isNegated ? 'sub' : 'add', [this.net, term], undefined);
    this.net = this.#b.wrapped(exactSum, uint(this.#width));
  }
}

export const arithmetic: Readonly<Record<string, CellReader>> = {
  $add: exact('add'),
  $sub: exact('sub'),
  $mul: multiply,
  $neg: negate,
  $pos: copy,
  $buf: copy,
  $fa: fullAdders,
  $alu: arithmeticUnit,
  $lcu: lookAhead,
  $macc: productsByConfig,
  $macc_v2: products,
};
