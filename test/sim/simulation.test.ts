import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import { bit, type Circuit, int, range, uint } from '../../ir/index.ts';
import { createSimulation, powerUp } from '../../sim/index.ts';
import { Builder } from './helpers/builder.ts';

/** A counter 0..9 with enable and reset, and whether it is at its end. */
function counter(): Circuit {
  const b = new Builder('counter');
  const reset = b.input('rst', bit);
  const enable = b.input('enable', bit);
  const count = b.register(range(0, 9));
  const one = b.constant(1n, range(1, 1));
  const nine = b.constant(9n, range(9, 9));
  const zero = b.constant(0n, range(0, 0));
  const last = b.cell('equal', [count, nine]);
  const more = b.cell('saturate', [b.cell('add', [count, one])], { to: range(0, 9) });
  b.drive(count, b.cell('mux', [last, zero, more]), { enable, reset });
  b.output('count', count);
  b.output('last', last);
  b.signal('control.count', count);
  b.signal('control.last', last);
  return b.circuit;
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Diagnostic) return error.format();
    throw error;
  }
  return 'nothing was thrown';
}

describe.each(['compiled', 'oracle'] as const)('a simulation (%s)', engine => {
  test('sets, steps and gets; outputs follow the inputs at once', () => {
    const b = new Builder();
    const x = b.input('x', int(8));
    const y = b.input('y', int(8));
    const sum = b.output('sum', b.cell('add', [x, y]));
    b.output('before', b.registered(sum));
    const simulation = createSimulation(b.circuit, { engine });
    simulation.set('x', 100);
    simulation.set('y', 27n);
    expect(simulation.get('sum')).toBe(127n);
    expect(simulation.get('before')).toBe(0n);
    simulation.step();
    simulation.set('x', -128);
    expect([simulation.get('sum'), simulation.get('before'), simulation.get('x')]).toEqual([
      -101n,
      127n,
      -128n,
    ]);
    expect(simulation.cycle).toBe(1);
  });

  test('counts no changes in the first cycle, whether its inputs are set or come as a record', () => {
    const inverter = () => {
      const b = new Builder();
      b.output('y', b.cell('invert', [b.input('x', uint(4))], { width: 4 }));
      return createSimulation(b.circuit, { engine, toggles: true });
    };
    const values = [15, 15, 14, 1];
    const stepped = inverter();
    for (const value of values) {
      stepped.set('x', value);
      stepped.step();
    }
    const [run, later] = [inverter(), inverter()];
    run.runValues({ x: values });
    later.runValues({ x: values.slice(0, 2) });
    later.runValues({ x: values.slice(2) });
    // From 15 to 14 one bit changes, from 14 to 1 all of them.
    for (const simulation of [stepped, run, later]) expect(Math.max(...simulation.toggles())).toBe(5);
  });

  test('many cycles in one step, with enable and reset', () => {
    const simulation = createSimulation(counter(), { engine });
    simulation.step(3);
    expect(simulation.get('count')).toBe(0n);
    simulation.set('enable', 1);
    simulation.step(19);
    expect([simulation.get('count'), simulation.get('last'), simulation.get('control.last')]).toEqual([
      9n,
      1n,
      1n,
    ]);
    simulation.reset();
    expect([simulation.get('count'), simulation.get('rst'), simulation.cycle]).toEqual([0n, 0n, 23]);
  });

  test('runs over lists of values, and gives the outputs just before each edge', () => {
    const simulation = createSimulation(counter(), { engine });
    expect(simulation.runValues({ enable: [1, 1, 0, 1, 1n] })).toEqual({
      count: [0n, 1n, 2n, 2n, 3n],
      last: [0n, 0n, 0n, 0n, 0n],
    });
    expect(simulation.get('count')).toBe(4n);
    expect(simulation.get('enable')).toBe(1n);
  });

  test('runs over records that are longer than a block', () => {
    const simulation = createSimulation(counter(), { engine });
    const stimulus = simulation.stimulus(20_000);
    const enable = stimulus.field('enable');
    for (let cycle = 0; cycle < stimulus.cycles; cycle++)
      stimulus.setNumber(enable, cycle, cycle % 3 === 0 ? 1 : 0);
    const results = simulation.run(stimulus);
    expect([0, 1, 4, 15_000, 19_999].map(cycle => results.get('count', cycle))).toEqual([0n, 1n, 2n, 0n, 7n]);
    expect(simulation.cycle).toBe(20_000);
  });

  test('simultaneous edges of two domains see the values before them', () => {
    const b = new Builder('swap', ['', 'fast']);
    const first = b.register(uint(4), 1n, 0);
    const second = b.register(uint(4), 2n, 1);
    b.drive(first, second);
    b.drive(second, first);
    b.output('first', first);
    b.output('second', second);
    const simulation = createSimulation(b.circuit, { engine });
    const values = () => [simulation.get('first'), simulation.get('second')];
    simulation.step();
    expect(values()).toEqual([2n, 1n]);
    simulation.step(1, { domains: ['fast'] });
    expect(values()).toEqual([2n, 2n]);
    simulation.step(1, { domains: [] });
    expect(values()).toEqual([2n, 2n]);
  });

  test('a memory reads old data while it is written, and its later port wins', () => {
    const b = new Builder();
    const address = b.input('address', range(0, 4));
    const enable = b.input('enable', bit);
    const x = b.input('x', int(80));
    const negated = b.cell('wrap', [b.cell('negate', [x])], { to: int(80) });
    const write = { address, enable, domain: 0 };
    const [data] = b.memory(
      int(80),
      5,
      {
        reads: [{ address, domain: 0 }],
        writes: [
          { ...write, data: negated },
          { ...write, data: x },
        ],
      },
      [10n, 11n, 12n, 13n, -14n],
    );
    b.output('data', data!);
    const simulation = createSimulation(b.circuit, { engine });
    simulation.set('address', 4);
    simulation.set('enable', 1);
    simulation.set('x', 1n << 77n);
    simulation.step();
    expect(simulation.get('data')).toBe(-14n);
    simulation.step();
    expect(simulation.get('data')).toBe(1n << 77n);
  });

  test('what hardware leaves open at power-up follows from the seed', () => {
    const b = new Builder();
    const address = b.input('address', uint(6));
    const [data] = b.memory(uint(40), 64, { reads: [{ address, domain: 0 }], writes: [] });
    b.output('data', data!);
    const first = (seed: number) => {
      const simulation = createSimulation(b.circuit, { engine, seed });
      const before = simulation.get('data');
      const read = simulation.runValues({ address: Array.from({ length: 64 }, (_, i) => i) }).data!;
      return [before, ...read.slice(1), simulation.get('data')];
    };
    const drawn = powerUp(b.circuit, 3);
    expect(first(3)).toEqual([drawn.readData[0]![0]!, ...drawn.words[0]!]);
    expect(first(4)).not.toEqual(first(3));
    expect(new Set(drawn.words[0]).size).toBe(64);
  });

  test('refuses what does not fit', () => {
    const simulation = createSimulation(counter(), { engine });
    expect(messageOf(() => simulation.set('enable', 2))).toMatchInlineSnapshot(`
      "TCT-3001: the value 2 for input 'enable' is not a whole number in its interval [0, 1]
        help: give a value of the interval, or declare the port with a wider one"
    `);
    expect(messageOf(() => simulation.set('enable', 0.5))).toContain('TCT-3001');
    expect(messageOf(() => simulation.set('enabel', 1))).toMatchInlineSnapshot(`
      "TCT-3002: there is no input 'enabel'
        help: known here: 'rst', 'enable'"
    `);
    expect(messageOf(() => simulation.get('control.cout'))).toContain("there is no signal 'control.cout'");
    expect(messageOf(() => simulation.step(1, { domains: ['fast'] }))).toContain("there is no domain 'fast'");
    expect(messageOf(() => simulation.step(-1))).toContain('TCT-3006');
    expect(messageOf(() => simulation.runValues({ enable: [1, 1], rst: [0] }))).toMatchInlineSnapshot(`
      "TCT-3007: the input 'rst' has values for 1 cycles, the others for 2
        help: give each input one value for each cycle; an input that is left out keeps the value it has"
    `);
  });

  test('refuses a combinational loop', () => {
    const b = new Builder();
    const x = b.input('x', bit);
    const a = b.net(bit, 'a');
    const c = b.cell('and', [x, a]);
    b.circuit.cells.push({ operation: 'or', parameters: undefined, operands: [c, x], output: a });
    expect(messageOf(() => createSimulation(b.circuit, { engine }))).toMatch(
      /^TCT-3005: '.*' depends on itself/,
    );
  });
});
