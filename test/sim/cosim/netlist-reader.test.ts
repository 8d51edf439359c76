import { expect, test } from 'vitest';
import { component, int } from '../../../hdl-gen/lang/index.ts';
import { compareWitnesses, simulationOpinion } from '../../../sim/cosim/index.ts';
import { type CellReader, createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { findDevice, synthesise } from '../../../synth/index.ts';
import { caseOf, hearAll } from './helpers.ts';

/*
 * The netlist is right and its reader is not: here it takes the carry of an adder for the conjunction of the two bits.
 * Those that do not read netlists agree, and the netlist alone differs.
 */
const withoutCarryIn: CellReader = {
  outputs: ['CO'],
  read: cell => cell.drive('CO', 'and', [cell.input('I0'), cell.input('I1')], undefined),
};

test('a fault in the reader of netlists is found by those that do not read netlists', async () => {
  const one = caseOf(
    component('reader_victim', {
      inputs: { a: int(8), b: int(8) },
      build: ({ a, b }) => ({ sum: a.add(b) }),
    }),
    { cycles: 40 },
  );
  const { bench, stimulus } = one;
  const { netlistJson } = await synthesise({
    files: bench.files,
    top: bench.top,
    device: findDevice('up5k'),
  });
  const ports = Object.fromEntries(
    [...bench.inputs, ...bench.outputs].map(({ name, interval }) => [name, [{ name, interval }]]),
  );
  const heard = await hearAll(one, []);
  for (const [cells, isFound] of [
    [{}, false],
    [{ SB_CARRY: withoutCarryIn }, true],
  ] as const) {
    const { circuit } = netlistCircuit(netlistJson, { top: bench.top, ports, cells });
    const said = await simulationOpinion('netlist', () => createSimulation(circuit)).run(stimulus);
    const { scores } = compareWitnesses([...heard.witnesses, { name: 'netlist', said }], 1);
    expect(scores.map(({ name, mismatches }) => [name, mismatches > 0])).toEqual([
      ['reference', false],
      ['engine', false],
      ['netlist', isFound],
    ]);
  }
});
