import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import {
  arrayLayout,
  encodeRow,
  ternaryArray,
  wholeResult,
  withoutBrokenPairs,
} from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { Draw } from '../support/draw.ts';
import { runIcarus } from '../support/icarus.ts';
import { LintCases } from '../support/lint.ts';
import { runNetlists } from '../support/netlists.ts';
import { firstDifference, randomStimulus, simulated } from '../support/opinions.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/* What only the family `sparse` has; that its products are exact is in array.test.ts, with those of the other families. */

const defaults = {
  ...{ lanes: 8, rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 },
  arch: 'sparse',
} as const;

describe('the sparse array', () => {
  test('takes every word with the bit for zeros as zeros', () => {
    const parameters = { ...defaults, lanes: 2, initBits: 0 };
    const core = simulate(ternaryArray(parameters));
    const sums = [5n, 0n, -6n, 0n, 7n, 0n, -8n, 0n];
    for (const [word, sum] of sums.entries()) {
      core.set({ enable: 1, x: [5, 7], w: [[word]], valid: 1, first: 1 });
      core.step(wholeResult(arrayLayout(parameters)));
      expect(core.get('y')).toEqual([sum]);
    }
  });

  test('has a code for each pair, fills up the last beat with zeros, and counts the weights -1', () => {
    expect(encodeRow([0, 1, -1, 0, 0, -1], { ...defaults, lanes: 4 })).toEqual({
      codes: [
        [4, 2],
        // A pair of zeros keeps the other bits.
        [6, 3],
      ],
      constant: 2,
    });
  });

  test('refuses weights that break the rule, and names row and column', () => {
    expect(() => encodeRow([1, 0, 1, 1], defaults, 7)).toThrow(
      /^the weights at row 7, columns 2 and 3 are both not 0/,
    );
  });

  test('is drawn with weights that keep the rule, the first or the second one of a pair', () => {
    expect(withoutBrokenPairs([-1, 1, 1, 0, 0, 0, 1, -1, -1])).toEqual([-1, 0, 1, 0, 0, 0, 0, -1, -1]);
  });

  test.each([
    { lanes: 7, help: 'take 6 or 8 lanes' },
    { lanes: 1, help: 'take 2 lanes' },
  ])('refuses $lanes lanes', ({ lanes, help }) => {
    expect(() => ternaryArray({ ...defaults, lanes })).toThrow(
      expect.objectContaining({ code: 'TCT-7503', help }),
    );
  });
});

describe('the Verilog of the sparse array', () => {
  const design = elaborate(
    ternaryArray({ ...defaults, lanes: 10, rows: 2, activationBits: 4, initBits: 4, pipeline: 2 }),
  );
  const verilog = emitVerilog(design);
  const lint = new LintCases();
  lint.add('10 lanes', verilog);
  lint.tests();

  test(`does as a netlist${hasIcarus ? ', and in Icarus,' : ''} what the circuit does${missing(hasIcarus, 'iverilog')}`, async () => {
    const stimulus = randomStimulus(design.circuit, 60, new Draw(5));
    const one = { design, verilog, stimulus, seed: 1 };
    const [icarus] = hasIcarus ? await runIcarus([one]) : [];
    const [netlist] = await runNetlists([one]);
    const engine = simulated(design.circuit, 'compiled', stimulus, 1);
    const oracle = simulated(design.circuit, 'oracle', stimulus, 1);
    const opinions = { oracle, engine, icarus, netlist: netlist!.outputs };
    expect(firstDifference(design.circuit, opinions)).toBeUndefined();
  });
});
