import type { CellReader, NetlistCell } from '../../cell.ts';
import { driveTable } from './lut.ts';

/**
 * nextpnr's logic cell: a look-up table whose result, or what a flip-flop has of it, is O; and a carry. The carry
 * comes from CIN, or is the constant CIN_SET. LO is the table's result too.
 */
export const ICESTORM_LC: CellReader = {
  outputs: cell => (isConstant(cell) ? [] : ['O', 'LO', 'COUT'].filter(port => cell.isConnected(port))),
  // nextpnr makes a cell of each of the constants.
  join: cell => {
    if (isConstant(cell)) cell.join('O', { constant: cell.value('LUT_INIT') & 1n ? '1' : '0' });
  },
  read: cell => {
    if (isConstant(cell)) return;
    const b = cell.builder;
    if (cell.isConnected('COUT')) {
      const carry = cell.flag('CIN_CONST') ? b.constant(cell.value('CIN_SET')) : cell.input('CIN');
      cell.drive('COUT', 'majority', [cell.input('I1'), cell.input('I2'), carry], undefined);
    }
    if (cell.isConnected('LO')) driveTable(cell, cell.output('LO'));
    if (!cell.isConnected('O')) return;
    if (!cell.flag('DFF_ENABLE')) {
      driveTable(cell, cell.output('O'));
      return;
    }
    const next = b.unsigned(1, `${cell.name}.LO`);
    driveTable(cell, next);
    const when = cell.allOf({ port: 'SR' });
    const value = cell.value('SET_NORESET');
    const isAsynchronous = cell.flag('ASYNC_SR');
    b.register(cell.output('O'), {
      next,
      domain: cell.domain('CLK', cell.flag('NEG_CLK')),
      enable: cell.allOf({ port: 'CEN', whenOpen: '1' }),
      reset: isAsynchronous || when === undefined ? undefined : { when, value, waits: true },
      asynchronous: isAsynchronous && when !== undefined ? { when, value: b.constant(value) } : undefined,
      initial: cell.initial('O'),
    });
  },
};

/** Whether the cell is a table without inputs and nothing else. */
function isConstant(cell: NetlistCell): boolean {
  const others = ['I0', 'I1', 'I2', 'I3', 'LO', 'COUT'];
  return !cell.flag('DFF_ENABLE') && !others.some(port => cell.isConnected(port));
}
