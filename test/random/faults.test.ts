import { describe, expect, test } from 'vitest';
import { bit, component, int, mux, registered } from '../../hdl-gen/lang/index.ts';
import type { Cell, Circuit, OperationName } from '../../ir/index.ts';
import { caseOf, differences, type RandomCase, randomCase } from '../support/random-case.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/*
 * A comparison that finds nothing proves little unless it is shown to find something. Here one of the four
 * simulators is given a circuit that differs from the others in one place.
 */
const victim = component('victim', {
  inputs: { a: int(8), b: int(8), pick: bit },
  build({ a, b, pick }) {
    return { chosen: registered(mux(pick, a, b)), difference: a.sub(b) };
  },
});

/** The victim with a fault between random circuits without one. */
function withFault(fault: (one: RandomCase) => Partial<RandomCase>): RandomCase[] {
  const one = caseOf(victim, 1, 64);
  return [randomCase(11, 64), { ...one, ...fault(one) }, randomCase(12, 64), randomCase(13, 64)];
}

/** The circuit with one cell of an operation changed. */
function changed(circuit: Circuit, operation: OperationName, change: (cell: Cell) => Cell): Circuit {
  const at = circuit.cells.findIndex(cell => cell.operation === operation);
  expect(at).toBeGreaterThanOrEqual(0);
  return { ...circuit, cells: circuit.cells.with(at, change(circuit.cells[at]!)) };
}

/** The multiplexer takes the other side. */
function swapped(cell: Cell): Cell {
  const [condition, a, b] = cell.operands;
  return { ...cell, operands: [condition!, b!, a!] };
}

describe('a fault in one of four simulators is found, and told by circuit, output and cycle', () => {
  test(`without a fault there is no difference${missing(hasIcarus, 'Icarus Verilog')}`, async () => {
    expect(
      await differences(
        withFault(() => ({})),
        { icarus: hasIcarus },
      ),
    ).toEqual([]);
  });

  test('in what the oracle runs', async () => {
    const cases = withFault(one => ({ forOracle: changed(one.forOracle, 'mux', swapped) }));
    expect(await differences(cases, {})).toMatchInlineSnapshot(`
      [
        "circuit 'victim', output 'chosen', cycle 1: oracle says 31, engine says 0",
      ]
    `);
  });

  test('in what the engine runs', async () => {
    const cases = withFault(one => ({ forEngine: changed(one.forEngine, 'mux', swapped) }));
    expect(await differences(cases, {})).toMatchInlineSnapshot(`
      [
        "circuit 'victim', output 'chosen', cycle 1: oracle says 0, engine says 31",
      ]
    `);
  });

  test('in the Verilog of which the netlist is made', async () => {
    const cases = withFault(({ forNetlist }) => {
      const { name, text } = forNetlist.at(-1)!;
      expect(text).toContain(' - ');
      return { forNetlist: [...forNetlist.slice(0, -1), { name, text: text.replace(' - ', ' + ') }] };
    });
    expect(await differences(cases.slice(1, 2), { netlist: true })).toMatchInlineSnapshot(`
      [
        "circuit 'victim', output 'difference', cycle 0: oracle says -31, netlist says 31",
      ]
    `);
  });

  test.skipIf(!hasIcarus)(
    `in the Verilog that Icarus runs${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const cases = withFault(({ forIcarus }) => {
        const { name, text } = forIcarus.at(-1)!;
        expect(text).toContain(' - ');
        return { forIcarus: [...forIcarus.slice(0, -1), { name, text: text.replace(' - ', ' + ') }] };
      });
      expect(await differences(cases, { icarus: true })).toMatchInlineSnapshot(`
        [
          "circuit 'victim', output 'difference', cycle 0: oracle says -31, icarus says 31",
        ]
      `);
    },
  );
});
