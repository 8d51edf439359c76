import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { packWeights, unpackResults } from '../../model/core/index.ts';
import { boardCore, defaultCore } from '../../rtl/top/index.ts';
import { LintCases } from '../support/lint.ts';
import { caseOf, type RandomCase, verdicts } from '../support/random-case.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { board, core, leds, rates, requests, session, vector, weights } from './board-session.ts';

/*
 * The whole top level of a board, from the bits on one wire to those on the other: a product in frames. Then the same bits
 * go into its Verilog, which has to say the same on the other wire and on the lights in each cycle. That its netlist gives the
 * same answers is in board-core.long.test.ts.
 */

describe('the top level of a board', () => {
  const design = elaborate(board);
  const { responses, line } = session(design.circuit);

  it('multiplies what comes over its wire', () => {
    const asked = requests();
    expect(responses.map(({ sequence, status }) => [sequence, status])).toEqual(
      asked.map(({ sequence }) => [sequence, 'done']),
    );
    const { shape } = packWeights(weights, core);
    const [[sums]] = unpackResults(responses.at(-2)!.words, core, shape) as [number[][]];
    expect(sums).toEqual(weights.map(row => row.reduce((sum, w, i) => sum + w * vector[i]!, 0)));
  });

  /** The levels of the line from the first cycle on; the simulation ran one block before the first of them. */
  const recorded = (): RandomCase => {
    const one = caseOf(board, 5, 1);
    const stimulus = [...Array<number>(256).fill(1), ...line].map(level => ({
      inputs: [BigInt(level)],
      domains: one.design.circuit.domains.map(({ name }) => name),
    }));
    return { ...one, stimulus };
  };

  it.skipIf(!hasIcarus)(
    `says the same bits as Verilog in Icarus${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const [found] = await verdicts([recorded()], { icarus: true });
      expect(found!.difference?.text).toBeUndefined();
    },
  );

  const linted = new LintCases();
  linted.add('board', recorded().forIcarus);
  linted.tests();
});

describe('the core of a board', () => {
  it.each([
    ['an UltraPlus 5K', { bram: 30, spram: 4 }, 40],
    ['an 8K', { bram: 32, spram: 0 }, 20],
    ['a 1K', { bram: 16, spram: 0 }, 5],
  ])('of %s has as many lanes as its memories feed', (_, device, lanes) => {
    expect(defaultCore(device).lanes).toBe(lanes);
    expect(() => elaborate(boardCore({ core: defaultCore(device), ...rates, leds }))).not.toThrow();
  });
});
