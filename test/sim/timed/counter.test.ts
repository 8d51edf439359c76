import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  settledAfterPs,
  type TimedNetlist,
  type TimedTable,
  TransitionCounter,
} from '../../../sim/timed/index.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { countByEvents } from './event-simulation.ts';
import { countByIcarus } from './icarus.ts';
import { randomPeriodPs, timedCases } from './random-netlist.ts';

/*
 * How often nets change. The counter works net by net through a whole cycle; it is held against a simulation that goes
 * from moment to moment, and against Icarus Verilog.
 */

function counted(
  netlist: TimedNetlist,
  rows: readonly (readonly number[])[],
  { periodPs = randomPeriodPs }: { periodPs?: number } = {},
) {
  const counter = new TransitionCounter(netlist, { periodPs });
  counter.run(Uint8Array.from(rows.flat()));
  return { functional: [...counter.functional], all: [...counter.all], ones: onesOf(counter, netlist) };
}

function onesOf(counter: TransitionCounter, { nets }: TimedNetlist): number[] {
  return nets.map((_, net) => counter.onesOf(net));
}

/** Sources `a`, which changes 10 ps after the edge, and `b`, which does so at `later`, and one table of both. */
function gate(later: number, table: Omit<TimedTable, 'output' | 'inputs'>, wirePs = 0): TimedNetlist {
  return {
    nets: ['a', 'b', 'y'].map((name, bit) => ({ name, bit })),
    sources: [10, later].map((ps, net) => ({ net, event: 'rising' as const, risePs: ps, fallPs: ps })),
    tables: [{ output: 2, inputs: [0, 1].map(net => ({ net, delayPs: wirePs, inertiaPs: 0 })), ...table }],
  };
}

const exclusiveOr = { results: 0b0110, risePs: 30, fallPs: 30 };
const both = [
  [0, 0],
  [1, 1],
];

describe('a gate whose inputs change one after the other', () => {
  test('has a glitch, which is no functional change', () => {
    expect(counted(gate(100, exclusiveOr), both)).toMatchObject({ functional: [1, 1, 0], all: [1, 1, 2] });
  });

  test('swallows what is shorter than its delay, and lets through what is as long', () => {
    expect(counted(gate(39, exclusiveOr), both).all).toEqual([1, 1, 0]);
    expect(counted(gate(40, exclusiveOr), both).all).toEqual([1, 1, 2]);
  });

  test('waits for the delay of the direction in which it changes', () => {
    expect(counted(gate(39, { ...exclusiveOr, risePs: 20 }), both).all).toEqual([1, 1, 2]);
    expect(counted(gate(39, { ...exclusiveOr, fallPs: 20 }), both).all).toEqual([1, 1, 0]);
  });

  test('sees inputs that change at one moment together', () => {
    expect(counted(gate(10, { ...exclusiveOr, risePs: 0, fallPs: 0 }), both).all).toEqual([1, 1, 0]);
  });

  test('changes late where a source follows the falling edge', () => {
    const netlist = gate(10, exclusiveOr);
    const [a, b] = netlist.sources;
    const late = { ...netlist, sources: [a!, { ...b!, event: 'falling' as const }] };
    expect(counted(late, both).all).toEqual([1, 1, 2]);
    expect(settledAfterPs(late, 1000)).toBe(500 + 10 + 30);
  });
});

test('a wire swallows what is shorter than its slowest part, however long all of it takes', () => {
  // The pulse on y takes 40 ps.
  const pulse = gate(50, { results: 0b0110, risePs: 5, fallPs: 5 });
  const behind = (inertiaPs: number): TimedNetlist => ({
    ...pulse,
    nets: [...pulse.nets, { name: 'z', bit: 3 }],
    tables: [
      ...pulse.tables,
      { output: 3, inputs: [{ net: 2, delayPs: 60, inertiaPs }], results: 0b10, risePs: 5, fallPs: 5 },
    ],
  });
  expect(counted(behind(60), both).all).toEqual([1, 1, 2, 0]);
  expect(counted(behind(41), both).all).toEqual([1, 1, 2, 0]);
  expect(counted(behind(40), both).all).toEqual([1, 1, 2, 2]);
});

describe('random netlists', () => {
  const options = { periodPs: randomPeriodPs };

  test('change as often as in a simulation from moment to moment, and are 1 as often', () => {
    fc.assert(
      fc.property(timedCases({ tables: 12, cycles: 6 }), ({ netlist, rows }) => {
        expect(counted(netlist, rows, options)).toEqual(countByEvents(netlist, rows, options));
      }),
      { numRuns: 150 },
    );
  });

  test.skipIf(!hasIcarus)(
    `change as often as in Icarus Verilog${missing(hasIcarus, 'iverilog')}`,
    async () => {
      const cases = fc.sample(timedCases({ tables: 250, cycles: 60 }), { numRuns: 8, seed: 6 });
      for (const { netlist, rows } of cases)
        expect(counted(netlist, rows, options)).toMatchObject(await countByIcarus(netlist, rows, options));
    },
  );

  test('that are faulty are found', () => {
    const sample = fc.sample(timedCases({ tables: 40, cycles: 30 }), { numRuns: 40, seed: 7 });
    const faults: ((table: TimedTable) => TimedTable)[] = [
      table => ({ ...table, results: table.results ^ 1 }),
      table => ({ ...table, risePs: table.risePs + 1 }),
      table => ({ ...table, fallPs: table.fallPs + 1 }),
      ({ inputs: [first, ...others], ...table }) => ({
        ...table,
        inputs: [{ ...first!, delayPs: first!.delayPs + 1 }, ...others],
      }),
      ({ inputs, ...table }) => ({
        ...table,
        inputs: inputs.map(input => ({ ...input, inertiaPs: input.delayPs })),
      }),
      ({ inputs, ...table }) => ({ ...table, inputs: inputs.map(input => ({ ...input, inertiaPs: 0 })) }),
    ];
    const found = faults.map(
      fault =>
        sample.filter(({ netlist, rows }) => {
          const right = counted(netlist, rows, options);
          const wrong = counted({ ...netlist, tables: netlist.tables.map(fault) }, rows, options);
          return right.all.some((count, i) => count !== wrong.all[i]);
        }).length,
    );
    for (const count of found) expect(count).toBeGreaterThan(sample.length / 8);
  });
});

test('runs in parts as in one piece; what it goes to with `begin` is not counted', () => {
  fc.assert(
    fc.property(timedCases({ tables: 20, cycles: 12 }), ({ netlist, rows }) => {
      const parts = new TransitionCounter(netlist, { periodPs: randomPeriodPs });
      for (const row of rows) parts.run(Uint8Array.from(row));
      expect([...parts.all]).toEqual(counted(netlist, rows).all);
      expect(parts.cycles).toBe(rows.length - 1);
      parts.begin(Uint8Array.from(rows[0]!));
      parts.run(Uint8Array.from(rows.slice(1).flat()));
      const once = counted(netlist, rows);
      expect([...parts.all]).toEqual(once.all.map(count => 2 * count));
      expect(onesOf(parts, netlist)).toEqual(once.ones.map(count => 2 * count));
    }),
    { numRuns: 50 },
  );
});

test.each([
  [{ periodPs: 1 }, /TCT-3504: the period of the clock is 1 ps/],
  [{ periodPs: 20.5 }, /TCT-3504/],
])('refuses %j', (options, message) => {
  expect(() => counted(gate(10, exclusiveOr), both, options)).toThrow(
    expect.objectContaining({ stack: expect.stringMatching(message) }),
  );
});
