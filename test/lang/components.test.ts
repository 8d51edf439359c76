import { describe, expect, test } from 'vitest';
import {
  array,
  bit,
  component,
  elaborate,
  foreign,
  Interval,
  int,
  mux,
  named,
  register,
  registered,
  type Signal,
  scope,
  sum,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { both, circuit, outputsOf } from '../support/both.ts';

describe('ports', () => {
  test('are records, arrays and records of arrays, however deep', () => {
    const swap = circuit(
      {
        point: { x: int(8), y: int(8) },
        items: array(3, uint(4)),
        grid: array(2, array(2, uint(4))),
        pixels: array(2, { red: uint(8), blue: uint(8) }),
      },
      ({ point, items, grid, pixels }) => ({
        swapped: { x: point.y, y: point.x },
        reversed: items.toReversed(),
        sums: grid.map(row => sum(row)),
        blue: pixels.map(({ blue }) => blue),
      }),
    );
    expect(
      outputsOf(swap, {
        point: { x: -5, y: 6 },
        items: [1, 2, 3],
        grid: [
          [1, 2],
          [3, 4],
        ],
        pixels: [
          { red: 1, blue: 20 },
          { red: 2, blue: 30 },
        ],
      }),
    ).toEqual({ swapped: { x: 6n, y: -5n }, reversed: [3n, 2n, 1n], sums: [3n, 7n], blue: [20n, 30n] });
  });

  test('of one value are constants: no port', () => {
    const { circuit: flat } = elaborate(
      circuit({ x: int(8), bias: Interval.of(5n) }, ({ x, bias }) => ({ y: x.add(bias), bias })),
    );
    expect(flat.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(flat.outputs.map(({ name }) => name)).toEqual(['y']);
  });

  test('of an array are connected by key, whatever the order of the keys', () => {
    const inner = circuit({ p: array(2, { a: uint(4), b: uint(4) }) }, ({ p }) => ({
      a: p.map(({ a }) => a),
    }));
    const outer = circuit({ x: uint(4), y: uint(4) }, ({ x, y }) =>
      inner({
        p: [
          { a: x, b: 0 },
          { b: 1, a: y },
        ],
      }),
    );
    expect(outputsOf(outer, { x: 3, y: 9 })).toEqual({ a: [3n, 9n] });
  });
});

describe('hierarchy', () => {
  const scaled = component('scaled', ({ by }: { by: number }) => ({
    inputs: { x: int(8) },
    build: ({ x }) => ({ y: x.times(by) }),
  }));

  test('a component is a function from signals to signals', () => {
    const top = circuit({ x: int(8) }, ({ x }) => {
      const { y } = scaled({ by: 3 })({ x });
      return { z: scaled({ by: 5 })({ x: y.wrap(int(8)) }).y };
    });
    expect(outputsOf(top, { x: 7 })).toEqual({ z: 105n });
  });

  test('a component is one module for each set of parameters, in any order of the keys', () => {
    const wide = component('wide', ({ a, b }: { a: number; b: number }) => ({
      inputs: { x: uint(a) },
      build: ({ x }) => ({ y: x.add(b) }),
    }));
    expect(wide({ a: 3, b: 4 }).module).toBe(wide({ b: 4, a: 3 }).module);
    expect(wide({ a: 3, b: 4 }).module).not.toBe(wide({ a: 4, b: 3 }).module);
    const { modules } = elaborate(
      circuit({ x: uint(3) }, ({ x }) => ({
        a: wide({ a: 3, b: 4 })({ x }).y,
        b: wide({ a: 3, b: 4 })({ x }).y,
        c: wide({ a: 3, b: 5 })({ x }).y,
      })),
    );
    expect(
      modules.filter(({ component }) => component === 'wide').map(({ parameters }) => parameters),
    ).toEqual([
      { a: 3, b: 4 },
      { a: 3, b: 5 },
    ]);
  });

  test('a plain function is built in place', () => {
    const average = (a: Signal, b: Signal) => a.add(b).shiftRight(1);
    const top = circuit({ a: uint(8), b: uint(8) }, ({ a, b }) => ({ y: average(a, b) }));
    expect(elaborate(top).modules).toHaveLength(1);
    expect(outputsOf(top, { a: 7, b: 12 })).toEqual({ y: 9n });
  });

  test('an output that a component shows twice, and one that is constant, come out right', () => {
    const inner = circuit({ x: uint(4) }, ({ x }) => {
      const y = x.add(1);
      return { first: y, second: y, three: [y, x.and(0), x] };
    });
    const top = circuit({ x: uint(4) }, ({ x }) => {
      const { first, second, three } = inner({ x });
      return { sum: first.add(second), three };
    });
    expect(outputsOf(top, { x: 5 })).toEqual({ sum: 12n, three: [6n, 0n, 5n] });
  });

  test('a wire carries back what a later part makes', () => {
    const top = circuit({ x: uint(8), stop: bit }, ({ x, stop }) => {
      const ready = wire(bit);
      const held = register(uint(8), { enable: ready }).next(x);
      ready.drive(held.equals(3).and(stop).not());
      return { held };
    });
    expect(
      both(top, run => {
        const seen = run.set({ stop: 1, x: 3 }).step().get('held');
        return [seen, run.set({ x: 9 }).step(3).get('held'), run.set({ stop: 0 }).step().get('held')];
      }),
    ).toEqual([3n, 3n, 9n]);
  });
});

describe('names', () => {
  const namesOf = (build: (x: Signal) => { readonly [key: string]: Signal }): string[] =>
    elaborate(circuit({ x: uint(8) }, ({ x }) => build(x))).circuit.signals.map(({ path }) => path);

  test('come from the keys of records', () => {
    expect(
      namesOf(x => {
        const { total } = named({
          total: x.add(1),
          parts: x.bits().slice(0, 2),
          pair: { low: x.slice(0, 4) },
        });
        return { y: total.add(1) };
      }),
    ).toEqual(['x', 'total', 'parts_0', 'parts_1', 'pair_low', 'y']);
  });

  test('that are taken get a number; a port keeps its name', () => {
    expect(
      namesOf(x => {
        named({ y: x.add(1) });
        named({ y: x.add(2) });
        return { y: x.add(3) };
      }),
    ).toEqual(['x', 'y_2', 'y_1', 'y']);
  });

  test('inside a scope have its prefix, also one that Verilog would not allow alone', () => {
    expect(namesOf(x => scope('lane_0', () => ({ y: named({ always: x.add(1) }).always.add(1) })))).toEqual([
      'x',
      'lane_0_always',
      'y',
    ]);
  });

  test('of the stages of a delay line come from what leaves it', () => {
    expect(namesOf(x => named({ late: registered(registered(x)) }))).toEqual(['x', 'late_early_1', 'late']);
  });

  test('of inner signals have the path of their instance before them', () => {
    const inner = component('inner', {
      inputs: { x: uint(8) },
      build: ({ x }) => ({ y: named({ more: x.add(1) }).more.add(1) }),
    });
    const outer = circuit({ x: uint(8) }, ({ x }) => ({ z: inner({ x }, { name: 'part' }).y.add(1) }));
    expect(elaborate(outer).circuit.signals.map(({ path }) => path)).toEqual([
      'x',
      'z',
      'part.x',
      'part.more',
      'part.y',
    ]);
    expect(both(outer, run => run.set({ x: 5 }).peek('part.more'))).toBe(6n);
  });
});

describe('a foreign module', () => {
  test('is simulated by its model', () => {
    const multiplier = foreign(
      { name: 'MULTIPLY', parameters: { WIDTH: 4 } },
      {
        inputs: { a: uint(4), b: uint(4) },
        build: ({ a, b }) => ({
          p: registered(sum(b.bits().map((digit, i) => mux(digit, a.shiftLeft(i), 0)))),
        }),
      },
    );
    const top = circuit({ a: uint(4), b: uint(4) }, inputs => ({ p: multiplier(inputs).p }));
    expect(both(top, run => run.set({ a: 13, b: 11 }).step().get('p'))).toBe(143n);
  });
});
