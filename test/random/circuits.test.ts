import { describe, expect, test } from 'vitest';
import type { Design } from '../../hdl-gen/lang/index.ts';
import { type OperationName, type PrimitiveName, primitives } from '../../ir/index.ts';
import { lint, linters } from '../support/lint.ts';
import { differences, randomCase } from '../support/random-case.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/*
 * Circuits that nobody would draw, against three simulators that share no code: the BigInt oracle and the compiled
 * engine run the flat circuit, Icarus Verilog runs what the emitter wrote. A circuit is made from its number:
 * `randomCircuit(17)` in test/support makes circuit 'c17_top' again.
 */
const circuits = 1000;
const cycles = 64;
const batch = 125;

const opinions = hasIcarus
  ? 'oracle = engine = Icarus'
  : `oracle = engine${missing(false, 'Icarus Verilog')}`;

describe(`${circuits} random circuits, ${cycles} cycles each`, () => {
  const used = new Map<OperationName, number>();
  const count = { registers: 0, memories: 0, unfilledMemories: 0, instances: 0, twoDomains: 0 };

  function take({ circuit, top }: Design): void {
    for (const { operation } of circuit.cells) used.set(operation, (used.get(operation) ?? 0) + 1);
    count.registers += circuit.registers.length;
    count.memories += circuit.memories.length;
    count.unfilledMemories += circuit.memories.filter(({ initial }) => initial === undefined).length;
    count.instances += top.instances.length;
    count.twoDomains += circuit.domains.length > 1 ? 1 : 0;
  }

  test(opinions, async () => {
    const found: string[] = [];
    let running: Promise<string[]> = Promise.resolve([]);
    for (let first = 0; first < circuits; first += batch) {
      const cases = Array.from({ length: batch }, (_, i) => randomCase(first + i, cycles));
      for (const { design } of cases) take(design);
      found.push(...(await running));
      // While Icarus runs this batch, the next one is made here.
      running = differences(cases, hasIcarus);
    }
    found.push(...(await running));
    expect(found).toEqual([]);
    // About 25 s on two cores that have nothing else to do.
  }, 300_000);

  test('among them one in which a read was once prepared twice, before and after a write', async () => {
    expect(await differences([randomCase(1999, cycles)], false)).toEqual([]);
  });

  test('they use every primitive, and registers, memories, hierarchy and two clocks', () => {
    const rare = Object.keys(primitives).filter(name => (used.get(name as PrimitiveName) ?? 0) < 50);
    expect(rare).toEqual([]);
    expect(count.registers).toBeGreaterThan(5000);
    expect(count.memories).toBeGreaterThan(500);
    expect(count.unfilledMemories).toBeGreaterThan(100);
    expect(count.instances).toBeGreaterThan(500);
    expect(count.twoDomains).toBeGreaterThan(100);
  });
});

describe('the Verilog of 100 random circuits', () => {
  const files = Array.from({ length: 100 }, (_, seed) => randomCase(seed, 0).forIcarus).flat();
  for (const tool of Object.keys(linters) as (keyof typeof linters)[]) {
    const { isThere, program } = linters[tool];
    test.skipIf(!isThere)(`${tool} has nothing to say${missing(isThere, program)}`, async () => {
      // Here, and only here, one call sees the modules of many designs.
      const manyTops = program === 'verilator' ? ['-Wno-MULTITOP'] : [];
      expect(await lint(tool, files, manyTops)).toBe('');
    });
  }
});
