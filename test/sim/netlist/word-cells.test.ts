import { describe, expect, test } from 'vitest';
import { int, type Operation, type OperationName, operationNamed } from '../../../ir/index.ts';
import { Draw } from '../../support/draw.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { cellBench, circuitOf, differences, inEngine, inIcarus, inSimulation } from './cell-bench.ts';
import { type CellKind, combinational } from './cell-cases.ts';
import { memory } from './memory-cases.ts';
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
  { what: 'word-level cells without state', kinds: combinational, each: 4, cycles: 30, models: true },
  { what: 'memories', kinds: [memory], each: 15, cycles: 50, models: true },
  { what: 'gates without state', kinds: gateLogic, each: 1, cycles: 200, models: true },
  // Yosys' models of flip-flops have no value at power-up; the Verilog that Yosys writes for them has.
  { what: 'word-level flip-flops and latches', kinds: wordStates, each: 5, cycles: 40, models: false },
  { what: 'flip-flops and latches of one bit', kinds: gateStates, each: 1, cycles: 40, models: false },
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

const faults: Readonly<
  Record<string, { readonly row: OperationName; readonly compile: Operation['compile'] }>
> = {
  'a product that is a sum': { row: 'multiply', compile: (m, [a, b]) => m.zeroExtend(m.add(a!, b!), 1) },
  'a quotient that is a remainder': { row: 'divide', compile: operationNamed('remainder').compile },
  'a shift that goes the other way': {
    row: 'shiftLeftWithin',
    compile: (m, [a, b]) => m.shiftRightBy(a!, b!),
  },
};

describe.skipIf(!hasIcarus)('a wrong row of the table is found by what Icarus says', () => {
  for (const [name, { row, compile }] of Object.entries(faults))
    test(name, async () => {
      const draw = new Draw(5);
      const kinds = combinational.filter(([type]) => ['$mul', '$div', '$shl', '$add'].includes(type));
      const cases = kinds.flatMap(([type, make]) => draw.times(2, () => ({ type, ...make(draw) })));
      const bench = await cellBench(cases, { cycles: 20, seed: 4, models: true });
      const icarus = await inIcarus(bench);
      const found = (operation: (name: OperationName) => Operation) =>
        differences(bench, icarus, inEngine(circuitOf(bench), bench.cycles, operation));
      expect(found(operationNamed)).toEqual([]);
      const wrong = found(asked => ({ ...operationNamed(asked), ...(asked === row ? { compile } : {}) }));
      const types = new Set(wrong.map(text => text.split(' ')[0]));
      expect([...types]).toEqual([
        { multiply: '$mul', divide: '$div', shiftLeftWithin: '$shl' }[row as 'divide'],
      ]);
    });
});

/** Runs cells of one type, with values for A and B; gives Y. */
async function results(
  type: string,
  isSigned: boolean,
  [a, b, y]: readonly [number, number, number],
  operands: readonly (readonly [bigint, bigint])[],
): Promise<bigint[]> {
  const sign = Number(isSigned);
  const parameters = { A_SIGNED: sign, B_SIGNED: sign, A_WIDTH: a, B_WIDTH: b, Y_WIDTH: y };
  const cells = [{ type, parameters, inputs: { A: a, B: b }, outputs: { Y: y } }];
  const bench = await cellBench(cells, { cycles: 0, seed: 1, models: false });
  const cycles = operands.map(([left, right]) => ({
    inputs: { c0_A: BigInt.asUintN(a, left), c0_B: BigInt.asUintN(b, right) },
    clocks: [],
  }));
  return inSimulation(circuitOf(bench), cycles, 'compiled').map(({ c0_Y }) => {
    const bits = BigInt(`0b${c0_Y}`);
    return isSigned ? BigInt.asIntN(y, bits) : bits;
  });
}

test('a negative exponent leaves of most numbers 0, of 1 one, and of -1 either', async () => {
  const operands = [-2n, -1n, 0n, 1n, 7n].flatMap(a => [-4n, -3n, -1n].map(b => [a, b] as const));
  const expected = operands.map(([a, b]) => (a === 1n ? 1n : a !== -1n ? 0n : b % 2n === 0n ? 1n : -1n));
  expect(await results('$pow', true, [4, 3, 6], operands)).toEqual(expected);
});

test('numbers of more than 64 bits are divided', async () => {
  const draw = new Draw(2);
  const format = int(100);
  const operands = draw.times(40, () => {
    const [a, b] = [draw.value(format), draw.value(draw.pick([format, int(66), int(9)]))];
    return [a, b === 0n ? 3n : b] as const;
  });
  const floor = (a: bigint, b: bigint) => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
  const meanings: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
    $div: (a, b) => a / b,
    $mod: (a, b) => a % b,
    $divfloor: floor,
    $modfloor: (a, b) => a - b * floor(a, b),
  };
  for (const [type, meaning] of Object.entries(meanings))
    expect(await results(type, true, [100, 100, 101], operands), type).toEqual(
      operands.map(([a, b]) => meaning(a, b)),
    );
});
