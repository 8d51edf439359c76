import type { NetId } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';

/** Gates of one bit without state. */

/** @param table bit i is the result where the ports, the first one lowest, are i. */
function gate(ports: string, table: number): CellReader {
  return {
    form: { widths: {} },
    outputs: ['Y'],
    read: cell =>
      cell.drive(
        'Y',
        'lut',
        [...ports].map(port => cell.input(port)),
        { table },
      ),
  };
}

/** A multiplexer of the ports, which the selectors number, the first one lowest. */
function mux(ports: string, selectors: string): CellReader {
  const choose = (cell: NetlistCell, first: number, count: number): NetId => {
    if (count === 0) return cell.input(ports[first]!);
    const half = 2 ** (count - 1);
    const select = cell.input(selectors[count - 1]!);
    return cell.builder.cell(
      'mux',
      [select, choose(cell, first + half, count - 1), choose(cell, first, count - 1)],
      undefined,
    );
  };
  return {
    form: { widths: {} },
    outputs: ['Y'],
    read: cell => cell.builder.copy(cell.output('Y'), choose(cell, 0, selectors.length)),
  };
}

export const gateLogic: Readonly<Record<string, CellReader>> = {
  $_BUF_: gate('A', 0b10),
  $_NOT_: gate('A', 0b01),
  $_AND_: gate('AB', 0b1000),
  $_NAND_: gate('AB', 0b0111),
  $_OR_: gate('AB', 0b1110),
  $_NOR_: gate('AB', 0b0001),
  $_XOR_: gate('AB', 0b0110),
  $_XNOR_: gate('AB', 0b1001),
  $_ANDNOT_: gate('AB', 0b0010),
  $_ORNOT_: gate('AB', 0b1011),
  $_AOI3_: gate('ABC', 0b0000_0111),
  $_OAI3_: gate('ABC', 0b0001_1111),
  $_AOI4_: gate('ABCD', 0b0000_0111_0111_0111),
  $_OAI4_: gate('ABCD', 0b0001_0001_0001_1111),
  $_NMUX_: gate('ABS', 0b0011_0101),
  $_MUX_: mux('AB', 'S'),
  $_MUX4_: mux('ABCD', 'ST'),
  $_MUX8_: mux('ABCDEFGH', 'STU'),
  $_MUX16_: mux('ABCDEFGHIJKLMNOP', 'STUV'),
};
