import type { NetId } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';

/** The look-up table of a logic cell: bit i of LUT_INIT is the result where { I3, I2, I1, I0 } is i. */
export const SB_LUT4: CellReader = {
  form: { widths: {}, numbers: { LUT_INIT: { least: 0, largest: 0xffff, required: true } } },
  outputs: ['O'],
  read: cell => driveTable(cell, cell.output('O')),
};

/** The next carry. */
export const SB_CARRY: CellReader = {
  form: { widths: {} },
  outputs: ['CO'],
  read: cell =>
    cell.drive('CO', 'majority', [cell.input('I0'), cell.input('I1'), cell.input('CI')], undefined),
};

/** Lets the function of a cell's LUT_INIT drive a net, with only those of its inputs that it depends on. */
export function driveTable(cell: NetlistCell, output: NetId): void {
  const { table, operands } = tableOf(cell);
  if (operands.length === 0) cell.builder.copy(output, cell.builder.constant(BigInt(table)));
  else cell.builder.drive(output, 'lut', operands, { table });
}

const ports = ['I0', 'I1', 'I2', 'I3'];

function tableOf(cell: NetlistCell): { readonly table: number; readonly operands: readonly NetId[] } {
  let table = cell.number('LUT_INIT');
  let operands: NetId[] = [];
  let count = ports.length;
  for (let i = count - 1; i >= 0; i--) {
    const [low, high] = cofactors(table, count, i);
    const bit = cell.resolved(ports[i]!);
    const fixed =
      low === high || bit === '0' || bit === 'x' || bit === 'z' ? low : bit === '1' ? high : undefined;
    if (fixed === undefined) operands = [cell.input(ports[i]!), ...operands];
    else {
      table = fixed;
      count--;
    }
  }
  return { table, operands };
}

/** What is left of a function of `count` bits where bit `i` is 0, and where it is 1. */
function cofactors(table: number, count: number, i: number): [number, number] {
  const halves: [number, number] = [0, 0];
  for (let index = 0, place = 0; index < 2 ** count; index++) {
    if (((index >> i) & 1) === 1) continue;
    halves[0] |= ((table >> index) & 1) << place;
    halves[1] |= ((table >> (index | (1 << i))) & 1) << place;
    place++;
  }
  return halves;
}
