import { describe, expect, test } from 'vitest';
import { lint, linters } from '../support/lint.ts';
import { differences, randomCase, verdicts } from '../support/random-case.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { Coverage } from './coverage.ts';

/*
 * Circuits that nobody would draw, against three simulators that share no code: the BigInt oracle and the compiled
 * engine run the flat circuit, Icarus Verilog runs what the emitter wrote. A circuit is made from its number:
 * `randomCircuit(17)` in test/support makes circuit 'c17_top' again. `npm run random` compares as many as one likes.
 */
const circuits = 120;
const cycles = 64;
const batch = 40;

const opinions = hasIcarus
  ? 'oracle = engine = Icarus'
  : `oracle = engine${missing(false, 'Icarus Verilog')}`;

describe(`${circuits} random circuits, ${cycles} cycles each`, () => {
  const coverage = new Coverage();

  test(opinions, async () => {
    const found: string[] = [];
    let running: Promise<string[]> = Promise.resolve([]);
    for (let first = 0; first < circuits; first += batch) {
      const cases = Array.from({ length: batch }, (_, i) => randomCase(first + i, cycles));
      for (const { design } of cases) coverage.take(design);
      found.push(...(await running));
      // While Icarus runs this batch, the next one is made here.
      running = differences(cases, { icarus: hasIcarus });
    }
    found.push(...(await running));
    expect(found).toEqual([]);
  }, 300_000);

  const withNetlists = 3;
  test(`the netlists of ${withNetlists} of them say the same; .ci/run compares more`, async () => {
    const cases = Array.from({ length: withNetlists }, (_, seed) => randomCase(seed, cycles));
    const found = await verdicts(cases, { netlist: true });
    expect(found.flatMap(({ difference }) => difference?.text ?? [])).toEqual([]);
    const [values, leftOut] = [
      found.reduce((sum, one) => sum + one.values, 0),
      found.reduce((sum, one) => sum + one.leftOut, 0),
    ];
    expect(leftOut / values).toBeLessThan(0.5);
  });

  test('among them one in which a read was once prepared twice, before and after a write', async () => {
    expect(await differences([randomCase(1999, cycles)], {})).toEqual([]);
  });

  test('they use every primitive, and registers, memories, hierarchy and two clocks', () => {
    const rare = [...coverage.primitives].filter(([, count]) => count < 6);
    expect(rare).toEqual([]);
    expect(coverage.registers).toBeGreaterThan(600);
    expect(coverage.withEnable).toBeGreaterThan(60);
    expect(coverage.withReset).toBeGreaterThan(60);
    expect(coverage.memories).toBeGreaterThan(60);
    expect(coverage.unfilledMemories).toBeGreaterThan(12);
    expect(coverage.instances).toBeGreaterThan(60);
    expect(coverage.twoDomains).toBeGreaterThan(12);
    expect(coverage.wide).toBeGreaterThan(60);
  });
});

describe('the Verilog of 40 random circuits', () => {
  const files = Array.from({ length: 40 }, (_, seed) => randomCase(seed, 0).forIcarus).flat();
  for (const tool of Object.keys(linters) as (keyof typeof linters)[]) {
    const { isThere, program } = linters[tool];
    test.skipIf(!isThere)(`${tool} has nothing to say${missing(isThere, program)}`, async () => {
      // Here, and only here, one call sees the modules of many designs.
      const manyTops = program === 'verilator' ? ['-Wno-MULTITOP'] : [];
      expect(await lint(tool, files, manyTops)).toBe('');
    });
  }
});
