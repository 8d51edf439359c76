import { describe, expect, test } from 'vitest';
import { Draw } from '../../support/draw.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { runModels } from './ice40-bench.ts';
import { type CellCase, type Seen, type StimulusRecord, simulatedCell, stimulusOf } from './ice40-case.ts';
import * as cases from './ice40-cases.ts';

/*
 * Every cell of iCE40 does in our simulation what it does in Yosys' own models in Icarus Verilog, on random stimuli,
 * wherever the model knows an answer.
 */

const records = 200;

describe.skipIf(!hasIcarus)(`cells of iCE40 against Yosys' models${missing(hasIcarus, 'iverilog')}`, () => {
  const draw = new Draw(40);
  const families: Readonly<Record<string, readonly CellCase[]>> = {
    'look-up tables and the carry': [...cases.lookUpTables(draw, 40), cases.carry()],
    'all 20 flip-flops': cases.flipFlops(),
    'placed logic cells': cases.logicCells(draw, 64),
    'block RAMs in all modes': cases.blockRams(draw),
    'single-port RAMs': cases.singlePortRams(draw, 3),
    'multipliers with any parameters': cases.multipliers(draw, 100),
    pins: [...cases.pins('SB_IO'), ...cases.pins('SB_GB_IO').slice(16, 24), ...cases.pins('SB_IO_OD')],
  };

  test.each(Object.entries(families))('%s', async (_, cells) => {
    const benched = cells.map(cell => ({ cell, stimulus: stimulusOf(cell, records, draw) }));
    const expected = await runModels(benched);
    const known = { bits: 0, all: 0 };
    benched.forEach(({ cell, stimulus }, i) => {
      // To compile is what takes time, and engine and oracle are compared elsewhere.
      const seen = simulatedCell(cell, stimulus, { engine: i % 5 === 0 ? 'compiled' : 'oracle' });
      expect(difference(cell, stimulus, expected[i]!, seen, known)).toBeUndefined();
    });
    expect(known.bits / known.all).toBeGreaterThan(0.5);
  });
});

/** The first place where a known bit of the model is another one in the simulation. */
function difference(
  { type, parameters }: CellCase,
  stimulus: readonly StimulusRecord[],
  expected: readonly Seen[],
  seen: readonly Seen[],
  known: { bits: number; all: number },
): string | undefined {
  for (const [record, outputs] of expected.entries())
    for (const [port, bits] of Object.entries(outputs)) {
      const own = seen[record]![port]!;
      known.all += bits.length;
      for (const [i, bit] of [...bits].entries()) {
        if (bit !== '0' && bit !== '1') continue;
        known.bits++;
        if (bit === own[i]) continue;
        const inputs = JSON.stringify(stimulus[record]!.inputs, (_, value) =>
          typeof value === 'bigint' ? `${value}` : value,
        );
        return `${type} ${JSON.stringify(parameters)}: in record ${record} ${port} is ${own}, not ${bits}; ${inputs}`;
      }
    }
  return undefined;
}
