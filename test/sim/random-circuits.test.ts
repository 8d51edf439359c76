import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimulation } from '../../sim/index.ts';
import { firstDifference } from './helpers/compare.ts';
import { numbers } from './helpers/numbers.ts';
import { type RandomShape, randomCircuit } from './helpers/random-circuit.ts';
import { repeatedCircuit } from './helpers/repeated-circuit.ts';

const shapes: Record<string, RandomShape> = {
  'small circuits': { cells: 12, registers: 4, memories: 0, domains: 1, widest: 40 },
  'memories and two domains': { cells: 25, registers: 6, memories: 2, domains: 2, widest: 70 },
  'wide values': { cells: 30, registers: 6, memories: 1, domains: 2, widest: 200 },
};

for (const [name, shape] of Object.entries(shapes)) {
  test(`${name}: the engine equals the oracle in every signal`, () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const next = numbers(seed);
        expect(firstDifference(randomCircuit(shape, next), 64, next)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  test(`${name}: a run over records equals the oracle's`, () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const next = numbers(seed);
        const circuit = randomCircuit(shape, next);
        const stimuli = Object.fromEntries(
          circuit.inputs.map(({ name, net }) => {
            const { min, max } = circuit.nets[net]!.interval;
            const draw = () => min + ((max - min + 1n) * BigInt(next(1 << 16))) / 65536n;
            return [name, Array.from({ length: 100 }, draw)];
          }),
        );
        const [engine, oracle] = (['compiled', 'oracle'] as const).map(engine => {
          const simulation = createSimulation(circuit, { engine, seed });
          return [
            simulation.runValues(stimuli),
            simulation.covers(),
            circuit.signals.map(({ path }) => simulation.get(path)),
          ];
        });
        expect(engine).toEqual(oracle);
      }),
      { numRuns: 40 },
    );
  });
}

test('what is there many times equals the oracle when it is computed side by side', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const next = numbers(seed);
      expect(firstDifference(repeatedCircuit(next), 24, next)).toBeUndefined();
    }),
    { numRuns: 120 },
  );
});

test('a circuit of many functions equals the oracle', () => {
  const next = numbers(7);
  const circuit = randomCircuit({ cells: 6000, registers: 400, memories: 20, domains: 2, widest: 80 }, next);
  expect(firstDifference(circuit, 8, next)).toBeUndefined();
});
