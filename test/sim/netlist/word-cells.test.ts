import { expect, test } from 'vitest';
import { Draw } from '../../support/draw.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { cellBench, circuitOf, differences, inIcarus, inSimulation } from './cell-bench.ts';
import { type CellKind, combinational } from './cell-cases.ts';
import { gateLogic, gateStates, wordStates } from './state-cases.ts';

/*
 * Each type of cell that Yosys leaves at word level, against Icarus with the simulation models of Yosys itself.
 */
interface Group {
  readonly what: string;
  readonly kinds: readonly CellKind[];
  /** Cells of each type. */
  readonly each: number;
  readonly cycles: number;
  readonly models: boolean;
}

const groups: readonly Group[] = [
  { what: 'word-level cells without state', kinds: combinational, each: 8, cycles: 40, models: true },
  { what: 'gates without state', kinds: gateLogic, each: 1, cycles: 200, models: true },
  // Yosys' models of flip-flops have no value at power-up; the Verilog that Yosys writes for them has.
  { what: 'word-level flip-flops and latches', kinds: wordStates, each: 10, cycles: 60, models: false },
  { what: 'flip-flops and latches of one bit', kinds: gateStates, each: 1, cycles: 60, models: false },
];

test.skipIf(!hasIcarus).each(groups)(
  `$what: oracle = engine = Icarus${missing(hasIcarus, 'Icarus Verilog')}`,
  async ({ kinds, each, cycles, models }) => {
    const draw = new Draw(3);
    const cases = kinds.flatMap(([type, make]) => draw.times(each, () => ({ type, ...make(draw) })));
    const bench = await cellBench(cases, { cycles, seed: 4, models });
    const icarus = await inIcarus(bench);
    const circuit = circuitOf(bench);
    expect(differences(bench, icarus, inSimulation(circuit, bench.cycles, 'oracle'))).toEqual([]);
    expect(differences(bench, icarus, inSimulation(circuit, bench.cycles, 'compiled'))).toEqual([]);
  },
);

test('a negative exponent leaves of most numbers 0, of 1 one, and of -1 either', async () => {
  const parameters = { A_SIGNED: 1, B_SIGNED: 1, A_WIDTH: 4, B_WIDTH: 3, Y_WIDTH: 6 };
  const bench = await cellBench([{ type: '$pow', parameters, inputs: { A: 4, B: 3 }, outputs: { Y: 6 } }], {
    cycles: 0,
    seed: 1,
    models: false,
  });
  const powers = [-2n, -1n, 0n, 1n, 7n].flatMap(a => [-4n, -3n, -1n].map(exponent => ({ a, exponent })));
  const cycles = powers.map(({ a, exponent }) => ({
    inputs: { c0_A: BigInt.asUintN(4, a), c0_B: BigInt.asUintN(3, exponent) },
    clocks: [],
  }));
  const results = inSimulation(circuitOf(bench), cycles, 'compiled');
  expect(powers.map(({ a, exponent }, i) => `${a}^${exponent} = ${results[i]!.c0_Y}`)).toEqual(
    powers.map(({ a, exponent }) => {
      const result =
        a === 1n || (a === -1n && exponent % 2n === 0n) ? '000001' : a === -1n ? '111111' : '000000';
      return `${a}^${exponent} = ${result}`;
    }),
  );
});
