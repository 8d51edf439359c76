import { describe, expect, test } from 'vitest';
import {
  bit,
  clockDomain,
  component,
  elaborate,
  inDomain,
  memory,
  register,
  registered,
  synchronise,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { both } from '../support/both.ts';

const fast = clockDomain('fast');

/** A register of a counter that never stops. */
const count = () => {
  const value = register(uint(8), { reset: true });
  return value.next(value.add(1).wrap(uint(8)));
};

describe('clock domains', () => {
  const two = component('two_counters', {
    inputs: {},
    build: () => ({ slow: count(), quick: inDomain(fast, count) }),
  });

  test('have a clock and a reset each', () => {
    const { circuit } = elaborate(two);
    expect(circuit.domains.map(({ name }) => name)).toEqual(['', 'fast']);
    expect(circuit.inputs.map(({ name }) => name)).toEqual(['rst', 'fast_rst']);
  });

  test('tick one by one or together', () => {
    expect(
      both(two, run => {
        run.set({}).simulation.set('rst', 0);
        run
          .step(2)
          .step(3, { domains: ['fast'] })
          .step(1, { domains: [''] });
        return [run.get('slow'), run.get('quick')];
      }),
    ).toEqual([3n, 5n]);
  });

  test('of a component are those of the place where it stands', () => {
    const counter = component('counter', { inputs: {}, build: () => ({ value: count() }) });
    const top = component('placed_counters', {
      inputs: {},
      build: () => ({ slow: counter({}).value, quick: inDomain(fast, () => counter({}).value) }),
    });
    expect(
      both(top, run => {
        run.step(4, { domains: ['fast'] });
        run.simulation.set('fast_rst', 1);
        return [run.get('slow'), run.get('quick'), run.step().get('slow'), run.get('quick')];
      }),
    ).toEqual([0n, 4n, 1n, 0n]);
  });

  test('exchange a bit through a synchroniser, which takes as many edges as it has stages', () => {
    const top = component('crossing', {
      inputs: { flag: bit },
      domains: { flag: fast },
      build({ flag }) {
        const sent = inDomain(fast, () => registered(flag));
        return { arrived: synchronise(sent, 3) };
      },
    });
    expect(
      both(top, run => {
        run.set({ flag: 1 }).step(1, { domains: ['fast'] });
        return [0, 1, 2, 3].map(() => {
          const seen = run.get('arrived');
          run.step(1, { domains: [''] });
          return seen;
        });
      }),
    ).toEqual([0n, 0n, 0n, 1n]);
  });

  test('share a memory: one writes, the other reads; simultaneous edges see what was before', () => {
    const top = component('shared_memory', {
      inputs: { value: uint(8) },
      domains: { value: fast },
      build({ value }) {
        const acrossDomains = 'the reader asks long after the writer is done';
        const words = memory(uint(8), { depth: 1, initial: [5], acrossDomains });
        inDomain(fast, () => words.write(0, value));
        return { data: words.read(0) };
      },
    });
    expect(
      both(top, run => [
        run.set({ value: 7 }).step().get('data'),
        run.step(1, { domains: [''] }).get('data'),
      ]),
    ).toEqual([5n, 7n]);
  });
});
