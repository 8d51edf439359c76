import { type NetId, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';
import { isNotZero } from './operands.ts';

/** Multiplexers, tables, and parts of vectors. */

/** What 2 to that power of is made. */
const fewBits = { least: 0, largest: 12, required: true } as const;

const mux: CellReader = {
  form: { bits: cell => ({ A: cell.width('Y'), B: cell.width('Y'), S: 1 }) },
  outputs: ['Y'],
  read: cell => cell.drive('Y', 'mux', [cell.input('S'), cell.input('B'), cell.input('A')], undefined),
};

/** The part `index` of a port that is cut into parts of `width` bits. */
function partOf(cell: NetlistCell, port: string, index: number, width: number): NetId {
  return cell.vectorOf(port, index * width, width);
}

/** Part i of B where bit i of S is 1, else A. Verilog leaves unknown what two ones give: the lowest counts. */
const priorityMux: CellReader = {
  form: { bits: cell => ({ B: cell.width('Y') * cell.width('S'), A: cell.width('Y') }) },
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const width = cell.width('Y');
    let chosen = cell.input('A');
    for (let i = cell.width('S') - 1; i >= 0; i--)
      chosen = b.cell('mux', [partOf(cell, 'S', i, 1), partOf(cell, 'B', i, width), chosen], undefined);
    b.copy(cell.output('Y'), chosen);
  },
};

/** The part of A that S is the number of. */
const numberedMux: CellReader = {
  form: { numbers: { S_WIDTH: fewBits }, bits: cell => ({ A: cell.width('Y') * 2 ** cell.width('S') }) },
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const width = cell.width('Y');
    const selectors = cell.width('S');
    const choose = (first: number, bits: number): NetId => {
      if (bits === 0) return partOf(cell, 'A', first, width);
      const half = 2 ** (bits - 1);
      return b.cell(
        'mux',
        [partOf(cell, 'S', bits - 1, 1), choose(first + half, bits - 1), choose(first, bits - 1)],
        undefined,
      );
    };
    b.copy(cell.output('Y'), choose(0, selectors));
  },
};

/** A in the part of Y that S is the number of; the others are 0. */
const demux: CellReader = {
  form: {
    connected: ['Y'],
    numbers: { S_WIDTH: fewBits },
    bits: cell => ({ Y: cell.width('A') * 2 ** cell.width('S') }),
  },
  outputs: cell => [{ port: 'Y', bits: Math.max(1, cell.width('A')) }],
  read: cell => {
    const b = cell.builder;
    const [a, s] = [cell.input('A'), cell.input('S')];
    const { width } = b.interval(s);
    const parts = 2 ** cell.width('S');
    for (let i = 0; i < parts; i++) {
      const isMeant = b.cell('equal', [s, b.constant(BigInt(i), Math.max(1, width))], undefined);
      b.copy(
        cell.output('Y', i),
        b.cell('mux', [isMeant, a, b.constant(0n, b.interval(a).width)], undefined),
      );
    }
  },
};

const concatenation: CellReader = {
  outputs: ['Y'],
  read: cell => {
    const parts = ['A', 'B'].filter(port => cell.width(port) > 0).map(port => cell.input(port));
    cell.builder.copy(cell.output('Y'), cell.builder.joined(parts));
  },
};

const slice: CellReader = {
  outputs: ['Y'],
  read: cell =>
    cell.builder.copy(cell.output('Y'), cell.vectorOf('A', cell.number('OFFSET'), cell.width('Y'))),
};

/** The bit of the parameter LUT that A is the number of. */
const lookUpTable: CellReader = {
  form: { numbers: { WIDTH: fewBits }, bits: cell => ({ A: cell.number('WIDTH'), Y: 1 }) },
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const table = cell.value('LUT');
    const inputs = cell.bits('A').map((_, i) => partOf(cell, 'A', i, 1));
    // The row `lut` has four inputs at most: the others choose between such tables.
    const of = (part: bigint, count: number): NetId => {
      if (count <= 4) return b.cell('lut', inputs.slice(0, count), { table: Number(part) });
      const half = 2 ** (count - 1);
      const [low, high] = [BigInt.asUintN(half, part), part >> BigInt(half)];
      return b.cell('mux', [inputs[count - 1]!, of(high, count - 1), of(low, count - 1)], undefined);
    };
    b.copy(cell.output('Y'), of(BigInt.asUintN(2 ** inputs.length, table), inputs.length));
  },
};

/**
 * A sum of products: 1 where one of DEPTH patterns fits A. In TABLE each place of a pattern has two bits, of which
 * the lower demands a 0 and the higher a 1.
 */
const sumOfProducts: CellReader = {
  form: {
    numbers: { DEPTH: { least: 0, largest: 65_536 } },
    bits: cell => ({ A: cell.number('WIDTH'), Y: 1 }),
  },
  outputs: ['Y'],
  read: cell => {
    const b = cell.builder;
    const width = cell.width('A');
    let table = cell.value('TABLE');
    const fits: NetId[] = [];
    for (let pattern = 0; pattern < cell.number('DEPTH'); pattern++) {
      let [zeros, ones] = [0n, 0n];
      for (let i = 0n; i < BigInt(width); i++) {
        zeros |= (table & 1n) << i;
        ones |= ((table >> 1n) & 1n) << i;
        table >>= 2n;
      }
      if ((zeros & ones) !== 0n) continue;
      const looked = b.and(cell.input('A'), b.constant(zeros | ones, width));
      fits.push(b.cell('equal', [looked, b.constant(ones, width)], undefined));
    }
    const any = fits.length === 0 ? b.constant(0n) : isNotZero(b, b.joined(fits));
    b.copy(cell.output('Y'), b.wrapped(any, uint(1)));
  },
};

const tristateBuffer: CellReader = {
  outputs: ['Y'],
  read: cell => cell.drivePad('Y', cell.input('A'), cell.input('EN')),
};

export const choices: Readonly<Record<string, CellReader>> = {
  $mux: mux,
  $pmux: priorityMux,
  $bmux: numberedMux,
  $demux: demux,
  $concat: concatenation,
  $slice: slice,
  $lut: lookUpTable,
  $sop: sumOfProducts,
  $tribuf: tristateBuffer,
};
