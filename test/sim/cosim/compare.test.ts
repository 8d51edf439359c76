import { describe, expect, test } from 'vitest';
import { component, int, named, register, registered } from '../../../hdl-gen/lang/index.ts';
import {
  type Claim,
  compareWitnesses,
  differenceVcd,
  differenceWaveform,
  recorder,
  simulationOpinion,
  Testimony,
  type Witness,
  wrapperOf,
} from '../../../sim/cosim/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { caseOf } from './helpers.ts';

/** Adds up. */
const adder = component('adder', {
  inputs: { x: int(4) },
  build({ x }) {
    const total = register(int(8), { reset: true });
    return named({ total: total.next(total.add(x).wrap(int(8))), late: registered(x) });
  },
});
const one = caseOf(adder, { cycles: 4 });
const { circuit } = one.design;

/** One that says these values of `total` and nothing of `late`. */
async function witness(name: string, claims: readonly Claim[]): Promise<Witness> {
  const { values } = await simulationOpinion(name, () => createSimulation(circuit)).run(one.stimulus);
  const said = Testimony.silent(values.layout, claims.length);
  claims.forEach((claim, cycle) => {
    said.set(0, cycle, claim);
  });
  return { name, said };
}

async function compared(claims: Readonly<Record<string, readonly Claim[]>>) {
  const witnesses = await Promise.all(Object.entries(claims).map(([name, values]) => witness(name, values)));
  const { scores, first } = compareWitnesses(witnesses, 2);
  return {
    mismatches: scores.map(score => score.mismatches),
    values: scores.map(score => score.values),
    first: first && {
      cycle: first.cycle,
      sides: first.sides.map(({ claim, names }) => `${claim}: ${names.join()}`),
    },
    waveform: first && `\n${differenceWaveform(circuit, witnesses, first)}\n`,
  };
}

describe('what is right where opinions differ', () => {
  test('is what the reference says, whatever the others say', async () => {
    const { mismatches, first } = await compared({
      engine: [1n, 2n, 3n, 4n],
      icarus: [1n, 2n, 3n, 4n],
      reference: [undefined, 2n, 9n, undefined],
    });
    expect(mismatches).toEqual([1, 1, 0]);
    expect(first).toEqual({ cycle: 2, sides: ['9: reference', '3: engine,icarus'] });
  });

  test('is what most say, where the reference says nothing', async () => {
    const { mismatches, first } = await compared({
      engine: [1n, 2n, 3n, 4n],
      cxxrtl: [1n, 7n, 7n, 4n],
      icarus: [1n, 7n, 8n, 4n],
      reference: [1n, undefined, undefined, 4n],
    });
    expect(mismatches).toEqual([1, 1, 1, 0]);
    expect(first).toEqual({ cycle: 1, sides: ['7: cxxrtl,icarus', '2: engine'] });
  });

  test('is what the first in the list says, where equally many say something else', async () => {
    const { mismatches } = await compared({ engine: [1n, 2n], cxxrtl: [1n, 3n] });
    expect(mismatches).toEqual([0, 1]);
  });

  test('an unknown bit is a difference, and silence is none', async () => {
    const { mismatches, values, waveform } = await compared({
      engine: [1n, 2n, 3n, 4n],
      icarus: [1n, 2n, 'x', 4n],
      netlist: [undefined, undefined, 3n, 4n],
    });
    expect([mismatches, values]).toEqual([
      [0, 1, 0],
      [4, 4, 2],
    ]);
    expect(waveform).toMatchInlineSnapshot(`
      "
      cycle                  0  1  2  3
      total engine, netlist │1 │2 │3 │4
      total icarus          │1 │2 │x │4
      "
    `);
  });

  test('one that ends early differs in nothing that comes after', async () => {
    const { mismatches, values } = await compared({ engine: [1n, 2n, 3n], cxxrtl: [1n, 2n] });
    expect([mismatches, values]).toEqual([
      [0, 0],
      [2, 2],
    ]);
  });
});

test('a trace of the difference has the inputs and a scope for each opinion', async () => {
  const witnesses = [await witness('engine', [0n, 1n]), await witness('icarus', [0n, 'x'])];
  const { first } = compareWitnesses(witnesses, 2);
  let text = '';
  differenceVcd(circuit, one.stimulus, witnesses, first!, piece => {
    text += piece;
  });
  expect(text).toMatch(/\$scope module engine \$end\n\$var wire 8 . total \$end/);
  expect(text).toMatch(/^bx /m);
});

test('the wrapper has a port for each port of the flat circuit', () => {
  expect(`\n${wrapperOf(one.bench)}`).toMatchInlineSnapshot(`
    "
    module tercet_cosim (
      input wire c0,
      input wire [3:0] i0,
      input wire [0:0] i1,
      output wire [7:0] o0,
      output wire [3:0] o1
    );
      adder core (
        .clk(c0),
        .x(i0),
        .rst(i1),
        .total(o0),
        .late(o1)
      );
    endmodule
    "
  `);
});

test('what was done to a simulation that is driven by its outputs can be done again', async () => {
  const recorded = recorder(createSimulation(circuit));
  recorded.reset();
  const stimulus = recorded.stimulus(1);
  for (let i = 0; i < 20; i++) {
    const total = recorded.run(stimulus).get('total', 0);
    stimulus.set('x', 0, total > 10n ? -7 : 3);
  }
  const done = recorded.recorded();
  expect(done.stimulus.inputs.cycles).toBe(21);
  const again = await simulationOpinion('again', () => createSimulation(circuit)).run(done.stimulus);
  expect(again.values.bytes).toEqual(done.said.values.bytes);
  // Driven by nothing it would have come to 60.
  expect(Math.max(...done.said.values.column('total').map(Number))).toBeLessThan(20);
});
