import { describe, expect, test } from 'vitest';
import { readPlaced, transitionRun } from '../../../sim/timed/index.ts';
import { type HandCell, handDelays, placedDesign } from './placed-design.ts';

/*
 * Placed netlists and their delays become tables and sources.
 */

const and = '1000100010001000'; // I0 and I1
const xor3 = '1001011010010110'; // I0, I1 and I2
const copyOf3 = '1111111100000000'; // I3
const { lookUp, carry, wire, multiplexer, flipFlop } = handDelays;

function tablesOf(inputs: readonly string[], cells: Readonly<Record<string, HandCell>>) {
  const { placedJson, delays } = placedDesign(inputs, cells);
  const { netlist } = readPlaced(placedJson, delays);
  const named = (net: number) => netlist.nets[net]!.name;
  return {
    sources: netlist.sources.map(({ net, ...source }) => ({ net: named(net), ...source })),
    tables: netlist.tables.map(({ output, inputs, results, risePs, fallPs }) => ({
      output: named(output),
      inputs: inputs.map(({ net, delayPs }) => ({ net: named(net), delayPs })),
      results,
      risePs,
      fallPs,
    })),
  };
}

describe('a look-up table', () => {
  test('has the delay of its quickest input; what others take longer lies before it', () => {
    const { sources, tables } = tablesOf(['a', 'b', 'c'], {
      sum: { inputs: ['a', 'b', 'c'], output: 'y', table: xor3 },
    });
    expect(tables).toEqual([
      {
        output: 'y',
        inputs: [
          { net: 'a', delayPs: wire + lookUp.I0 - lookUp.I2 },
          { net: 'b', delayPs: wire + lookUp.I1 - lookUp.I2 },
          { net: 'c', delayPs: wire },
        ],
        results: 0b10010110,
        risePs: lookUp.I2,
        fallPs: lookUp.I2,
      },
    ]);
    expect(sources).toContainEqual({ net: 'a', event: 'outside', risePs: 0, fallPs: 0 });
  });

  test('does not see pulses that are shorter than the slowest multiplexer of its wires', () => {
    const cells: Record<string, HandCell> = {
      // From carry to carry there is no wire.
      chain: { inputs: [undefined, 'a', 'b'], table: xor3, carry: { out: 'c', in: 0 } },
      next: { inputs: [undefined, 'a', 'b'], table: xor3, carry: { out: 'd', in: 'c' } },
      copy: { inputs: [undefined, undefined, undefined, 'a'], output: 'y', table: copyOf3 },
    };
    const { placedJson, delays } = placedDesign(['a', 'b'], cells);
    const inertiaOn = (device: string, net: string) => {
      const { netlist } = readPlaced(placedJson.replace('"up5k"', `"${device}"`), delays);
      const table = netlist.tables.find(({ output }) => netlist.nets[output]!.name === net)!;
      return table.inputs.map(({ inertiaPs }) => inertiaPs);
    };
    expect(inertiaOn('up5k', 'y')).toEqual([multiplexer]);
    expect(inertiaOn('up5k', 'd')).toEqual([multiplexer, multiplexer, 0]);
    expect(inertiaOn('hx8k', 'y')).toEqual([372]);
    // What the first input takes longer within the cell lets no shorter pulses through either.
    expect(inertiaOn('hx8k', 'd')).toEqual([carry.I1 - carry.CIN, 372, 0]);
  });

  test('loses inputs on which it does not depend', () => {
    const { tables } = tablesOf(['a', 'b', 'c'], {
      and: { inputs: ['a', 'b', 'c', undefined], output: 'y', table: and },
    });
    expect(tables[0]!.inputs.map(({ net }) => net)).toEqual(['a', 'b']);
    expect(tables[0]).toMatchObject({ results: 0b1000, risePs: lookUp.I1 });
  });
});

test('a carry whose input is a constant is a gate of the other two', () => {
  const chain = (constant: 0 | 1) =>
    tablesOf(['a', 'b'], {
      first: { inputs: [undefined, 'a', 'b'], table: and, carry: { out: 'c0', in: constant } },
      next: { inputs: [undefined, 'a', 'b'], table: and, carry: { out: 'c1', in: 'c0' } },
    }).tables;
  expect(chain(0)[0]).toMatchObject({ output: 'c0', results: 0b1000, risePs: carry.I2 });
  expect(chain(1)[0]).toMatchObject({ output: 'c0', results: 0b1110, risePs: carry.I2 });
  expect(chain(0)[1]).toMatchObject({ output: 'c1', results: 0b11101000, risePs: carry.CIN });
  expect(chain(0)[1]!.inputs.map(({ net, delayPs }) => [net, delayPs])).toEqual([
    ['a', wire + carry.I1 - carry.CIN],
    ['b', wire + carry.I2 - carry.CIN],
    ['c0', 0],
  ]);
});

test('a flip-flop is a source; the table before it changes a net inside of the cell', () => {
  const { sources, tables } = tablesOf(['a', 'b'], {
    register: { inputs: ['a', 'b'], output: 'q', table: and, hasFlipFlop: true },
    buffer: { inputs: [undefined, undefined, undefined, 'q'], output: 'y', table: copyOf3 },
  });
  expect(sources.find(({ net }) => net === 'q')).toEqual({
    net: 'q',
    event: 'rising',
    risePs: flipFlop,
    fallPs: flipFlop,
  });
  // No delay is stated for it: it has the longest of the tables that have one.
  expect(tables.find(({ output }) => output === 'register.LO')).toMatchObject({
    inputs: [
      { net: 'a', delayPs: wire },
      { net: 'b', delayPs: wire },
    ],
    risePs: lookUp.I3,
  });
});

test('a flip-flop at the falling edge changes half a cycle later', () => {
  const { placedJson, delays } = placedDesign(['a'], {
    early: { inputs: ['a'], output: 'q', table: '1010101010101010', hasFlipFlop: true },
    late: { inputs: ['q'], output: 'r', table: '1010101010101010', hasFlipFlop: true, isFalling: true },
    both: { inputs: ['q', 'r'], output: 'y', table: '0110011001100110' },
  });
  const run = transitionRun({ placedJson, delays, periodPs: 20_000 });
  expect(run.settledPs).toBe(10_000 + flipFlop + wire + lookUp.I1);
  run.count(101, inputs => {
    for (let cycle = 0; cycle < inputs.cycles; cycle++) inputs.set('a', cycle, cycle & 1);
  });
  const counts = Object.fromEntries(
    run.transitions().nets.map(({ name, functional, all }) => [name, [functional, all]]),
  );
  // `r` follows `q` within the cycle, so `y` is 1 for half of it.
  expect(counts).toMatchObject({ q: [99, 99], r: [99, 99], y: [0, 198] });
});

/** Two bits that count up while `on` is 1, and their sum. */
const counter: Readonly<Record<string, HandCell>> = {
  low: { inputs: ['q0', 'on'], output: 'q0', table: '0110011001100110', hasFlipFlop: true },
  high: { inputs: ['q0', 'on', 'q1'], output: 'q1', table: '0111100001111000', hasFlipFlop: true },
  odd: { inputs: ['q0', 'q1'], output: 'y', table: '0110011001100110' },
};
const periodPs = 20_000;

describe('a run', () => {
  test('counts from cycle to cycle, with what the inputs are given', () => {
    const run = transitionRun({ ...placedDesign(['on'], counter), periodPs });
    expect(run.inputs).toEqual(['on']);
    expect(run.warnings).toEqual([]);
    expect(run.settledPs).toBe(flipFlop + wire + lookUp.I0 - lookUp.I1 + lookUp.I1);
    run.skip(3);
    run.count(2001, (inputs, first) => {
      for (let cycle = 0; cycle < inputs.cycles; cycle++)
        inputs.set('on', cycle, first + cycle < 1001 ? 1 : 0);
    });
    const { cycles, nets } = run.transitions();
    expect(cycles).toBe(2001);
    const counts = Object.fromEntries(nets.map(({ name, functional, all }) => [name, [functional, all]]));
    // 1001 edges with `on`, which rises once and falls once; at every other one both bits change within 53 ps.
    expect(counts).toMatchObject({ q0: [1001, 1001], q1: [500, 500], on: [2, 2], y: [501, 501] });
  });

  test('takes another drive for a register', () => {
    const run = transitionRun({ ...placedDesign(['on'], counter), periodPs, forced: ['q0'] });
    expect(run.inputs).toEqual(['on', 'q0']);
    run.count(11, inputs => {
      for (let cycle = 0; cycle < inputs.cycles; cycle++) inputs.set('q0', cycle, cycle & 1);
    });
    const counts = Object.fromEntries(run.transitions().nets.map(({ name, all }) => [name, all]));
    expect(counts).toMatchObject({ q0: 10, q1: 0, y: 10 });
    expect(() => transitionRun({ ...placedDesign(['on'], counter), periodPs, forced: ['y'] })).toThrow(
      "there is no register, memory or pin that drives a net 'y'",
    );
  });

  test('warns of a clock that is too fast, and counts to the end of each cycle', () => {
    const run = transitionRun({ ...placedDesign(['on'], counter), periodPs: 4000 });
    expect(run.warnings.map(({ code }) => code)).toEqual(['TCT-3104']);
  });
});

describe('refused are', () => {
  const codeOf = (action: () => unknown): string => {
    try {
      action();
    } catch (error) {
      return (error as Error).stack!.split(': ')[0]!;
    }
    return 'nothing';
  };
  const { placedJson, delays } = placedDesign(['on'], counter);

  test('a netlist that was not placed', () => {
    const fromYosys = placedJson.replace('Next Generation Place and Route', 'Yosys 0.55');
    const neither = fromYosys.replace('(Version nextpnr-0.8)', '');
    expect(codeOf(() => readPlaced(neither, delays))).toBe('TCT-3501');
    const elsewhere = placedJson.replace('"up5k"', '"ecp5"');
    expect(codeOf(() => readPlaced(elsewhere, delays))).toBe('TCT-3507');
  });

  test('delays of another netlist', () => {
    const { delays: others } = placedDesign(['on'], { other: counter.odd! });
    expect(codeOf(() => readPlaced(placedJson, others))).toBe('TCT-3502');
    expect(codeOf(() => readPlaced(placedJson, { ...delays, wires: new Map() }))).toBe('TCT-3502');
    const larger = { ...delays, cells: new Map([...delays.cells, ['elsewhere', []] as const]) };
    expect(codeOf(() => readPlaced(placedJson, larger))).toBe('TCT-3502');
  });

  test('a loop without a register', () => {
    const loop = placedDesign(['on'], {
      a: { inputs: ['on', 'y'], output: 'x', table: and },
      b: { inputs: ['on', 'x'], output: 'y', table: and },
    });
    expect(codeOf(() => readPlaced(loop.placedJson, loop.delays))).toBe('TCT-3503');
  });
});
