import { expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { netlistCircuit } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';
import { board, session } from './board-session.ts';

test('the netlist of a board says on its wire, bit by bit, what the circuit says', async () => {
  const design = elaborate(board);
  const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
  const { netlistJson } = await synthesise({ files, top: 'board_core', device: findDevice('up5k') });
  expect(session(netlistCircuit(netlistJson).circuit)).toEqual(session(design.circuit));
});
