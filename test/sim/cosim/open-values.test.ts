import { expect, test } from 'vitest';
import {
  bit,
  component,
  elaborate,
  int,
  memory,
  mux,
  register,
  rom,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { leaveOutOpenValues, simulationOpinion } from '../../../sim/cosim/index.ts';
import { createSimulation } from '../../../sim/index.ts';

/** A memory that is written at address 1 and read at another one, a list that is never written, and what is made of their data. */
const { circuit } = elaborate(
  component('open', {
    inputs: { address: uint(1), data: int(4), write: bit, choose: bit },
    build({ address, data, write, choose }) {
      const words = memory(int(4), { depth: 2, name: 'words' });
      words.write(1, data, { enable: write });
      const read = words.read(address);
      const listed = rom(int(4), [4, 5]).read(address);
      const held = register(int(4), { reset: true, enable: write }).next(read);
      return { read, listed, chosen: mux(choose, read, 3), masked: read.and(choose.mask()), held };
    },
  }),
);

test('only what may depend on unknown contents, or on data before the first read, is left out', async () => {
  // Word 1 is written at the end of cycle 1: the read that cycle 2 asks for is the first to find it.
  const columns = {
    rst: [1, 0, 0, 0, 0, 0],
    address: [0, 1, 1, 0, 0, 1],
    data: [0, 7, 0, 0, 0, 0],
    write: [0, 1, 0, 1, 0, 0],
    choose: [0, 1, 0, 1, 1, 0],
  };
  const inputs = createSimulation(circuit).stimulus(6);
  for (const [name, values] of Object.entries(columns))
    for (const [cycle, value] of values.entries()) inputs.set(name, cycle, value);
  const said = await simulationOpinion('netlist', () => createSimulation(circuit)).run({ inputs });
  const count = leaveOutOpenValues(circuit, { inputs }, said);
  const shown = Object.fromEntries(
    circuit.outputs.map(({ name }, output) => [
      name,
      Array.from({ length: 6 }, (_, cycle) => String(said.claim(output, cycle) ?? '-')).join(' '),
    ]),
  );
  expect(shown).toMatchInlineSnapshot(`
    {
      "chosen": "3 - 3 7 - 3",
      "held": "0 0 - - 7 7",
      "listed": "- 4 5 5 4 4",
      "masked": "0 - 0 7 - 0",
      "read": "- - - 7 - -",
    }
  `);
  expect(count).toBe([...Object.values(shown).join(' ')].filter(letter => letter === '-').length);
});
