import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bit, type Circuit, int, uint } from '../../ir/index.ts';
import { createBatch, createSimulation } from '../../sim/index.ts';
import { Builder } from './helpers/builder.ts';
import { numbers } from './helpers/numbers.ts';
import { randomCircuit } from './helpers/random-circuit.ts';
import { repeatedCircuit } from './helpers/repeated-circuit.ts';

/** Adds up what comes in while `enable` is 1. */
function accumulator(): Circuit {
  const b = new Builder('accumulator');
  const x = b.input('x', int(8));
  const enable = b.input('enable', bit);
  const rst = b.input('rst', bit);
  const sum = b.register(int(16));
  b.drive(sum, b.cell('wrap', [b.cell('add', [sum, x])], { to: int(16) }), { enable, reset: rst });
  b.output('sum', sum);
  b.signal('sum', sum);
  return b.circuit;
}

describe('a batch', () => {
  test('runs each stream on values of its own', () => {
    const batch = createBatch(accumulator());
    const stimulus = batch.stimulus(3);
    for (let cycle = 0; cycle < 3; cycle++) {
      stimulus.setAll('enable', cycle, 1);
      for (let stream = 0; stream < 128; stream++) stimulus.set('x', cycle, stream, stream - 64);
    }
    const results = batch.run(stimulus);
    expect(results.column('sum', 0)).toEqual([0n, -64n, -128n]);
    expect(results.column('sum', 127)).toEqual([0n, 63n, 126n]);
    expect(batch.get('sum', 65)).toBe(3n);
    expect(batch.cycle).toBe(3);
    batch.reset();
    expect(batch.get('sum', 65)).toBe(0n);
  });

  test('keeps a stimulus as it is while others are made and the circuit is looked at, however large they are', () => {
    const batch = createBatch(accumulator());
    // The first one lies in the engine's memory; the second one is too large for that.
    const [small, large] = [3, 500_000].map(cycles => {
      const stimulus = batch.stimulus(cycles);
      for (const cycle of [0, 1, cycles - 1]) {
        stimulus.setAll('enable', cycle, 1);
        for (let stream = 0; stream < 128; stream++)
          stimulus.set('x', cycle, stream, stream - (cycle % 100) - 1);
      }
      return stimulus;
    });
    expect(large!.bytes.length).toBeGreaterThan(2 ** 26);
    expect(batch.get('sum', 100)).toBe(0n);
    const later = batch.stimulus(3);
    expect(later.bytes.every(byte => byte === 0)).toBe(true);
    for (const stimulus of [small!, large!, later, small!]) batch.run(stimulus);
    const smallSum = 99n + 98n + 97n;
    const largeSum = 99n + 98n + 0n;
    expect(batch.get('sum', 100)).toBe(2n * smallSum + largeSum);
  });

  test('steps with the same inputs in all streams', () => {
    const batch = createBatch(accumulator());
    batch.set('x', -3);
    batch.set('enable', 1);
    batch.step(5);
    expect([0, 64, 127].map(stream => batch.get('sum', stream))).toEqual([-15n, -15n, -15n]);
  });

  test('tells in which stream a property is broken', () => {
    const b = new Builder('limited');
    const x = b.input('x', uint(4));
    const limit = b.constant(9n, uint(4));
    b.circuit.properties.push({
      kind: 'assert',
      condition: b.cell('less', [x, limit]),
      subject: x,
      why: 'x is below 9',
      source: 'here.ts:1',
    });
    const batch = createBatch(b.circuit);
    const stimulus = batch.stimulus(4);
    stimulus.set('x', 2, 77, 9);
    expect(() => batch.run(stimulus)).toThrow(/broken in cycle 2 of stream 77: 'x' is 9, but: x is below 9/);
    expect(batch.cycle).toBe(2);
  });

  test('refuses a stream, a name and a value that do not exist', () => {
    const batch = createBatch(accumulator());
    const stimulus = batch.stimulus(1);
    expect(() => stimulus.set('x', 0, 128, 0)).toThrow(/no stream 128/);
    expect(() => stimulus.set('y', 0, 0, 0)).toThrow(/no signal 'y'/);
    expect(() => stimulus.set('x', 0, 0, 128)).toThrow(/not a whole number in its interval/);
    expect(() => batch.set('x', 1.5)).toThrow(/not a whole number in its interval/);
    expect(() => batch.get('z', 0)).toThrow(/no signal 'z'/);
  });
});

const shapes = {
  'small circuits': (next: (below: number) => number) =>
    randomCircuit({ cells: 14, registers: 5, memories: 0, domains: 1, widest: 40 }, next),
  'circuits with memories and wide values': (next: (below: number) => number) =>
    randomCircuit({ cells: 25, registers: 6, memories: 2, domains: 1, widest: 90 }, next),
  'circuits in which much is there many times': repeatedCircuit,
};
// The last ones are some ten times as large.
const runs: Readonly<Record<keyof typeof shapes, number>> = {
  'small circuits': 25,
  'circuits with memories and wide values': 25,
  'circuits in which much is there many times': 10,
};

for (const [name, draw] of Object.entries(shapes) as [keyof typeof shapes, typeof repeatedCircuit][]) {
  test(`${name}: streams equal simulations by the oracle, and so do the toggles`, () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const next = numbers(seed);
        const circuit = draw(next);
        const cycles = 12;
        const batch = createBatch(circuit, { seed, toggles: true });
        const stimulus = batch.stimulus(cycles);
        const inputs = circuit.inputs.map(({ name, net }) => {
          const { min, max } = circuit.nets[net]!.interval;
          const values = Array.from({ length: 2 }, () =>
            Array.from({ length: cycles }, () => min + ((max - min + 1n) * BigInt(next(1 << 16))) / 65536n),
          );
          // Even streams take one list, odd streams the other.
          for (let cycle = 0; cycle < cycles; cycle++)
            for (let stream = 0; stream < 128; stream++)
              stimulus.set(name, cycle, stream, values[stream % 2]![cycle]!);
          return { name, values };
        });
        const results = batch.run(stimulus);

        const alone = [0, 1].map(parity => {
          const simulation = createSimulation(circuit, { engine: 'oracle', seed, toggles: true });
          const outputs = simulation.runValues(
            Object.fromEntries(inputs.map(({ name, values }) => [name, values[parity]!])),
          );
          for (const stream of [parity, 126 + parity]) {
            for (const { name } of circuit.outputs)
              expect(results.column(name, stream)).toEqual(outputs[name]);
            for (const { path } of circuit.signals)
              expect([path, batch.get(path, stream)]).toEqual([path, simulation.get(path)]);
          }
          return simulation.toggles();
        });
        expect(batch.toggles()).toEqual(alone[0]!.map((count, net) => 64 * (count + alone[1]![net]!)));
      }),
      { numRuns: runs[name] },
    );
  });
}

test('lanes that read registers and bits in any order have the values of one simulation each', () => {
  const lanes = 16;
  const order = fc.sample(
    fc.shuffledSubarray([...Array(lanes).keys()], { minLength: lanes, maxLength: lanes }),
    {
      numRuns: 3,
      seed: 5,
    },
  );
  const [ofBits, ofLeft, ofRight] = order as [number[], number[], number[]];
  const b = new Builder('scattered');
  const x = b.input('x', uint(lanes));
  const rst = b.input('rst', bit);
  const bits = ofBits.map(low => {
    const register = b.register(bit);
    b.drive(register, b.cell('slice', [x], { low, width: 1 }), { reset: rst });
    return register;
  });
  const sums = ofLeft.map((left, i) => {
    const register = b.register(uint(2));
    b.drive(register, b.cell('add', [bits[left]!, bits[ofRight[i]!]!]), { reset: rst });
    return register;
  });
  sums.forEach((sum, i) => {
    b.output(`sum_${i}`, sum);
  });

  const batch = createBatch(b.circuit);
  const cycles = 6;
  const stimulus = batch.stimulus(cycles);
  const words = fc.sample(fc.nat(2 ** lanes - 1), { numRuns: 128 * cycles, seed: 7 });
  words.forEach((word, i) => {
    stimulus.set('x', i % cycles, Math.floor(i / cycles), word);
  });
  const results = batch.run(stimulus);
  for (let stream = 0; stream < 128; stream++) {
    const given = (cycle: number) => words[stream * cycles + cycle]!;
    const bitOf = (word: number, lane: number) => (word >> ofBits[lane]!) & 1;
    for (let i = 0; i < lanes; i++) {
      const expected = Array.from({ length: cycles }, (_, cycle) =>
        cycle < 2 ? 0 : bitOf(given(cycle - 2), ofLeft[i]!) + bitOf(given(cycle - 2), ofRight[i]!),
      );
      expect(results.column(`sum_${i}`, stream)).toEqual(expected.map(BigInt));
    }
  }
});

test('one stream’s toggles are those of the oracle', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const next = numbers(seed);
      const circuit = randomCircuit({ cells: 20, registers: 5, memories: 1, domains: 2, widest: 80 }, next);
      const stimuli = Object.fromEntries(
        circuit.inputs.map(({ name, net }) => {
          const { min, max } = circuit.nets[net]!.interval;
          return [
            name,
            Array.from({ length: 40 }, () => min + ((max - min + 1n) * BigInt(next(1 << 16))) / 65536n),
          ];
        }),
      );
      const [engine, oracle] = (['compiled', 'oracle'] as const).map(engine => {
        const simulation = createSimulation(circuit, { engine, seed, toggles: true });
        simulation.runValues(stimuli);
        return simulation.toggles();
      });
      expect(engine).toEqual(oracle);
      expect(Math.max(...engine!)).toBeGreaterThan(0);
    }),
    { numRuns: 30 },
  );
});
