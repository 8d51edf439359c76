import { describe, expect, test } from 'vitest';
import { type Machine, type Operation, type OperationName, operationNamed } from '../../ir/index.ts';
import { firstDifference } from './helpers/compare.ts';
import { numbers } from './helpers/numbers.ts';
import { randomCircuit } from './helpers/random-circuit.ts';

/** A table whose row `name` is compiled wrongly. */
function faulty(name: OperationName, compile: Operation['compile']): (name: OperationName) => Operation {
  return asked => (asked === name ? { ...operationNamed(name), compile } : operationNamed(asked));
}

const faults: Record<string, (name: OperationName) => Operation> = {
  'a sum that is a difference': faulty('add', (m, [a, b]) => m.sub(a!, b!)),
  'a comparison the wrong way round': faulty('less', (m, [a, b]) => m.less(b!, a!)),
  'a multiplexer that takes the other side': faulty('mux', (m, [c, a, b]) => m.select(c!, b!, a!)),
  'a sum that loses its lowest bit': faulty('add', <W>(m: Machine<W>, [a, b]: readonly W[]) =>
    m.and(m.add(a!, b!), m.constant(-2n)),
  ),
  'an equality that is always 1': faulty('equal', (m, [a]) => m.equal(a!, a!)),
};

describe('the comparison of engine and oracle finds a fault in the engine', () => {
  for (const [name, operation] of Object.entries(faults))
    test(name, () => {
      const shape = { cells: 60, registers: 6, memories: 1, domains: 2, widest: 70 };
      const difference = (table?: typeof operation) =>
        firstDifference(randomCircuit(shape, numbers(7)), 64, numbers(6), table);
      expect(difference()).toBeUndefined();
      expect(difference(operation)).toMatch(/^cycle \d+: net\.n\d+/);
    });
});
