import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import { bit, type Circuit, range, uint } from '../../ir/index.ts';
import { createSimulation, type Simulation } from '../../sim/index.ts';
import { Builder } from './helpers/builder.ts';

/** A sum that is promised to stay below 100, asserted to be no 77, and covered where it is 12. */
function guarded(): Circuit {
  const b = new Builder('guarded');
  const reset = b.input('rst', bit);
  const x = b.input('x', uint(8));
  const sum = b.register(range(0, 99));
  const next = b.cell('add', [sum, x]);
  b.circuit.nets[next] = { ...b.circuit.nets[next]!, name: 'total.next', source: 'total.ts:7' };
  const limit = b.constant(100n, range(100, 100));
  const property = (kind: 'assume' | 'assert' | 'cover', condition: number, subject: number, why: string) =>
    b.circuit.properties.push({
      kind,
      condition,
      subject,
      why,
      source: `total.ts:${b.circuit.properties.length}`,
    });
  property('cover', b.cell('equal', [sum, b.constant(12n, range(12, 12))]), sum, 'a dozen');
  property('assume', b.cell('less', [next, limit]), next, 'the sum stays below 100');
  const seven = b.cell('equal', [sum, b.constant(77n, range(77, 77))]);
  property('assert', b.cell('xor', [seven, b.constant(1n, bit)]), sum, 'no 77');
  b.drive(sum, b.cell('assume', [next], { to: range(0, 99) }), { reset });
  b.output('sum', sum);
  return b.circuit;
}

function diagnosticOf(action: () => void): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof Diagnostic) return error.format();
    throw error;
  }
  return undefined;
}

describe.each(['compiled', 'oracle'] as const)('properties (%s)', engine => {
  const start = (): Simulation => createSimulation(guarded(), { engine });

  test('a broken assumption stops a step before the edge', () => {
    const simulation = start();
    simulation.set('x', 12);
    expect(diagnosticOf(() => simulation.step(20))).toMatchInlineSnapshot(`
      "TCT-3003: assumption broken in cycle 8: 'total.next' is 108, but: the sum stays below 100
        at total.ts:1
        help: keep the promise in what drives it, or make the interval wider"
    `);
    expect([simulation.cycle, simulation.get('sum')]).toEqual([8, 96n]);
    expect(simulation.covers()).toEqual([{ why: 'a dozen', source: 'total.ts:0', count: 1 }]);
  });

  test('a broken assertion stops a run, in a later block too', () => {
    const simulation = start();
    const x: number[] = new Array(30_000).fill(0);
    x[10] = 12;
    x[25_000] = 65;
    expect(diagnosticOf(() => simulation.runValues({ x }))).toMatchInlineSnapshot(`
      "TCT-3004: assertion broken in cycle 25001: 'n2' is 77, but: no 77
        at total.ts:2
        help: correct the circuit, or what drives it"
    `);
    expect([simulation.cycle, simulation.get('sum'), simulation.get('x')]).toEqual([25_001, 77n, 0n]);
    expect(simulation.covers()[0]!.count).toBe(24_990);
  });

  test('nothing is checked or counted while a reset is 1', () => {
    const simulation = start();
    simulation.set('x', 255);
    simulation.reset();
    expect(simulation.cycle).toBe(1);
    simulation.set('x', 12);
    simulation.step();
    simulation.set('rst', 1);
    simulation.step();
    expect([simulation.get('sum'), simulation.covers()[0]!.count]).toEqual([0n, 0]);
  });
});
