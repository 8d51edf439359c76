import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accumulate,
  bit,
  delayed,
  enabledBy,
  Interval,
  int,
  mux,
  range,
  register,
  registered,
  resetBy,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { both, circuit } from '../support/both.ts';

describe('a register', () => {
  test('shows its value one edge later, and starts with the value nearest to 0', () => {
    const top = circuit({ x: range(3, 9) }, ({ x }) => ({ y: registered(x) }));
    expect(
      both(top, run => {
        run.set({ x: 7 });
        return [run.get('y'), run.step().get('y')];
      }),
    ).toEqual([3n, 7n]);
  });

  test('starts with the value that it is given, also one outside what it is fed with', () => {
    const top = circuit({ x: uint(3) }, ({ x }) => ({ y: registered(x, { initial: -2 }) }));
    expect(both(top, run => [run.get('y'), run.set({ x: 7 }).step().get('y')])).toEqual([-2n, 7n]);
  });

  test('reset goes before enable; without a reset nothing brings the first value back', () => {
    const top = circuit({ x: uint(8), clear: bit, enable: bit }, ({ x, clear, enable }) => ({
      byPort: registered(x, { reset: true, initial: 5, enable }),
      bySignal: registered(x, { reset: clear, initial: 6, enable }),
      never: registered(x, { enable }),
    }));
    const all = ['byPort', 'bySignal', 'never'] as const;
    expect(
      both(top, run => {
        const read = () => all.map(name => run.get(name));
        const seen = [read()];
        run.set({ x: 100, enable: 1, clear: 0 }).step();
        seen.push(read());
        run.set({ enable: 0, x: 50 }).step();
        seen.push(read());
        run.reset();
        seen.push(read());
        run.set({ clear: 1 }).step();
        seen.push(read());
        return seen;
      }),
    ).toEqual([
      [5n, 6n, 0n],
      [100n, 100n, 100n],
      [100n, 100n, 100n],
      [5n, 100n, 100n],
      [5n, 6n, 100n],
    ]);
  });

  test('counts, where the designer says how the sum is made to fit', () => {
    const top = circuit({ go: bit }, ({ go }) => {
      const wrapping = register(uint(3), { enable: go });
      const stopping = register(range(0, 5), { enable: go });
      const circling = register(range(0, 4), { enable: go });
      return {
        wrapping: wrapping.next(wrapping.add(1).wrap(uint(3))),
        stopping: stopping.next(stopping.add(1).saturate(range(0, 5))),
        circling: circling.next(mux(circling.equals(4), 0, circling.add(1).saturate(range(0, 4)))),
      };
    });
    expect(
      both(top, run => {
        run.set({ go: 1 }).step(9);
        return [run.get('wrapping'), run.get('stopping'), run.get('circling')];
      }),
    ).toEqual([1n, 5n, 4n]);
  });

  test('inside enabledBy and resetBy takes these as well as its own', () => {
    const top = circuit({ x: uint(8), outer: bit, inner: bit, clear: bit }, ({ x, outer, inner, clear }) =>
      resetBy(clear, () =>
        enabledBy(outer, () => ({ y: registered(x, { enable: inner, reset: true, initial: 9 }) })),
      ),
    );
    expect(
      both(top, run => {
        const next = (outer: number, inner: number, clear: number, x: number) =>
          run.set({ outer, inner, clear, x }).step().get('y');
        return [next(1, 1, 0, 7), next(0, 1, 0, 8), next(1, 0, 0, 8), next(0, 0, 1, 8)];
      }),
    ).toEqual([7n, 7n, 7n, 9n]);
  });

  test('delays by any number of edges, also none', () => {
    const top = circuit({ x: uint(8) }, ({ x }) => ({ now: delayed(x, 0).add(0), late: delayed(x, 3) }));
    expect(
      both(top, run => [1, 2, 3, 4, 5].map(x => [run.set({ x }).get('now'), run.get('late'), run.step()][1])),
    ).toEqual([0n, 0n, 0n, 1n, 2n]);
  });

  test('of a constant is no register', () => {
    const top = circuit({ x: uint(8) }, ({ x }) => ({ y: x.add(registered(5)) }));
    expect(both(top, run => [run.set({ x: 1 }).get('y'), run.simulation.circuit.registers.length])).toEqual([
      6n,
      0,
    ]);
  });
});

describe('accumulate', () => {
  test('is as wide as the number of its terms needs', () => {
    const width = (terms: number) => {
      let bits = 0;
      circuit({ x: int(8), first: bit }, ({ x, first }) => {
        const y = accumulate(x, { restart: first, terms });
        bits = y.width;
        return { y };
      }).module;
      return bits;
    };
    expect([1, 2, 3, 256, 257].map(width)).toEqual([8, 9, 10, 16, 17]);
  });

  test('adds up from each restart on', () => {
    const top = circuit({ x: int(8), first: bit, take: bit }, ({ x, first, take }) => ({
      y: accumulate(x, { restart: first, terms: 50, enable: take }),
    }));
    const beats = fc.array(
      fc.record({ x: fc.integer({ min: -128, max: 127 }), first: fc.boolean(), take: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(beats, list => {
        let expected = 0;
        const sums = list.map(({ x, first, take }) => {
          if (take) expected = first ? x : expected + x;
          return BigInt(expected);
        });
        const seen = both(top, run =>
          list.map(({ x, first, take }) =>
            run
              .set({ x, first: Number(first), take: Number(take) })
              .step()
              .get('y'),
          ),
        );
        expect(seen).toEqual(sums);
      }),
      { seed: 2, numRuns: 30 },
    );
  });

  test('stops a simulation that adds more terms than were promised', () => {
    const top = circuit({ x: uint(4), first: bit }, ({ x, first }) => ({
      y: accumulate(x, { restart: first, terms: 3 }),
    }));
    expect(() => both(top, run => run.set({ x: 15, first: 0 }).step(9))).toThrow(
      'assertion broken in cycle 3',
    );
  });

  test('does not look at sums that a reset throws away', () => {
    const top = circuit({ x: uint(4), clear: bit }, ({ x, clear }) => ({
      y: accumulate(x, { restart: clear.and(0), within: new Interval(0n, 15n), reset: clear }),
    }));
    expect(both(top, run => run.set({ x: 15, clear: 0 }).step().set({ clear: 1 }).step().get('y'))).toBe(0n);
  });
});

describe('promises', () => {
  test('assume makes an interval smaller, and every simulation holds the promise against what happens', () => {
    const top = circuit({ x: uint(8) }, ({ x }) => ({ y: x.assume(range(0, 9), 'it is a digit') }));
    expect(both(top, run => run.set({ x: 9 }).step().get('y'))).toBe(9n);
    expect(() => both(top, run => run.set({ x: 10 }).step())).toThrow(
      "assumption broken in cycle 0: 'x' is 10, but: it is a digit",
    );
  });

  test('assume that says nothing new is the signal itself', () => {
    circuit({ x: uint(8) }, ({ x }) => {
      expect(x.assume(range(0, 300), 'always so')).toBe(x);
      return { y: x.add(1) };
    }).module;
  });
});
