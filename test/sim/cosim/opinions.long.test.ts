import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  array,
  bit,
  clockDomain,
  component,
  inDomain,
  int,
  memory,
  mux,
  named,
  register,
  registered,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { type OperationName, operationNamed } from '../../../ir/index.ts';
import { CircuitSimulation } from '../../../sim/circuit-simulation.ts';
import {
  compareWitnesses,
  cxxrtlHarness,
  differenceWaveform,
  netlistOpinion,
  wrapperName,
  wrapperOf,
} from '../../../sim/cosim/index.ts';
import { createEngine } from '../../../sim/engine/index.ts';
import { cacheFolder, compileCxxrtl, findDevice, synthesise } from '../../../synth/index.ts';
import { hasIcarus, missing } from '../../support/tools.ts';
import { type Case, caseOf, type Heard, hearAll, mismatches, ownCache, withVerilog } from './helpers.ts';

/*
 * One stimulus to all simulators. They share no code beyond the Verilog, so a fault that is planted in one place is
 * told by who differs from whom. All that clang compiles is in this file: its second compilation in one process takes
 * a second, the first one several.
 */
ownCache();

const withIcarus = hasIcarus ? (['icarus'] as const) : [];
const icarusToo = missing(hasIcarus, 'Icarus Verilog');

const slow = clockDomain('slow');

/** Words of two fields without initial contents: the run's seed decides what they are. */
const store = component('store', {
  inputs: { address: uint(2), low: int(5), high: uint(6), write: bit },
  build({ address, low, high, write }) {
    const words = memory({ low: int(5), high: uint(6) }, { depth: 4, name: 'words' });
    words.write(address, { low, high }, { enable: write });
    return { read: words.read(address.add(1).wrap(uint(2))) };
  },
});

/** A counter by steps, with a reset. */
const steps = component('steps', {
  inputs: { step: int(6) },
  build({ step }) {
    const count = register(int(9), { reset: true });
    return named({ count: count.next(count.add(step).wrap(int(9))) });
  },
});

/** Something of everything: arrays, signs, wide values, a hierarchy, two clocks, resets, a memory. */
const everything = component('everything', {
  inputs: { x: array(3, int(6)), address: uint(2), high: uint(6), write: bit },
  build({ x, address, high, write }) {
    const { count } = steps({ step: x[1]! }, { name: 'fast' });
    return {
      kept: store({ address, low: x[0]!.wrap(int(5)), high, write }, { name: 'store' }),
      count,
      other: inDomain(slow, () => steps({ step: 5 }, { name: 'slow' })),
      wide: registered(high.shiftLeft(60).sub(x[0]!)),
      less: [count.lessThan(0), x[0]!.equals(x[1]!)],
    };
  },
});

describe('all simulators say the same of a circuit with something of everything', () => {
  const one = caseOf(everything, { cycles: 200, seed: 3 });

  test(`CXXRTL too${icarusToo === '' ? ', and Icarus Verilog' : icarusToo}`, async () => {
    const heard = await hearAll(one, ['cxxrtl', ...withIcarus]);
    expect(new Set(Object.values(mismatches(heard)))).toEqual(new Set([0]));
    const { scores } = heard.comparison;
    expect(scores.map(({ cycles, values }) => [cycles, values])).toEqual(
      scores.map(() => [200, 200 * one.design.circuit.outputs.length]),
    );
  });

  test('its netlist too, but for what the circuit leaves open at power-up', async () => {
    const heard = await hearAll(one, ['netlist']);
    expect(mismatches(heard)).toEqual({ reference: 0, engine: 0, netlist: 0 });
    const said = heard.witnesses.find(({ name }) => name === 'netlist')!.said;
    const silent = one.design.circuit.outputs.flatMap(({ name }, output) =>
      Array.from({ length: 200 }).some((_, cycle) => said.claim(output, cycle) === undefined) ? [name] : [],
    );
    // A word that nobody has written can be read; everything else is decided.
    expect(silent).toEqual(['kept_read_low', 'kept_read_high']);
    expect(heard.leftOut.netlist).toBeGreaterThan(2);
    expect(heard.leftOut.netlist).toBeLessThan(200);
  });

  test('and the netlist of a block memory with contents, but for what it shows before the first read', async () => {
    const table = component('block_memory', {
      inputs: { at: uint(6), to: uint(6), x: int(8), write: bit },
      build({ at, to, x, write }) {
        const initial = Array.from({ length: 64 }, (_, i) => 2 * i - 64);
        const words = memory(int(8), { depth: 64, initial, name: 'words' });
        words.write(to, x, { enable: write });
        return named({ read: words.read(at) });
      },
    });
    const heard = await hearAll(caseOf(table, { cycles: 200 }), ['netlist']);
    expect(mismatches(heard)).toEqual({ reference: 0, engine: 0, netlist: 0 });
    expect(heard.leftOut.netlist).toBe(1);
  });
});

const victim = component('victim', {
  inputs: { a: int(8), b: int(8), pick: bit },
  build({ a, b, pick }) {
    return { chosen: registered(mux(pick, a, b)), difference: a.sub(b) };
  },
});

/** The first difference as a person sees it. */
function shown(one: Case, { witnesses, comparison }: Heard): string {
  return `\n${differenceWaveform(one.design.circuit, witnesses, comparison.first!)}\n`;
}

test('a compiled simulation is kept, and compiled anew where what was kept is damaged', async () => {
  const { bench } = caseOf(victim);
  const files = { ...bench.files, 'wrapper.v': wrapperOf(bench) };
  const compile = () => compileCxxrtl({ files, top: wrapperName, harness: cxxrtlHarness(bench) });
  const first = await compile();
  const second = await compile();
  expect([first.isCached, second.isCached]).toEqual([false, true]);
  expect(second.wasm).toEqual(first.wasm);
  const folder = join(cacheFolder(), 'cxxrtl');
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
  }
  expect((await compile()).isCached).toBe(false);
  expect((await compile()).isCached).toBe(true);
});

describe('a fault is found, and told by who differs', () => {
  const one = caseOf(victim, { cycles: 40 });

  test(`in the Verilog: those that run it differ from those that do not${icarusToo}`, async () => {
    const faulty = withVerilog(one, text => text.replace(' - ', ' + '));
    expect(faulty.bench.files).not.toEqual(one.bench.files);
    const heard = await hearAll(faulty, ['cxxrtl', 'netlist', ...withIcarus]);
    const { reference, engine, ...others } = mismatches(heard);
    expect([reference, engine]).toEqual([0, 0]);
    expect(Math.min(...Object.values(others))).toBeGreaterThan(20);
    expect(new Set(Object.values(others)).size).toBe(1);
  });

  test('in the engine: all others agree', async () => {
    const operation = (name: OperationName) =>
      name === 'sub'
        ? { ...operationNamed('sub'), compile: operationNamed('add').compile }
        : operationNamed(name);
    const { circuit } = one.design;
    const heard = await hearAll(
      one,
      [...withIcarus],
      () => new CircuitSimulation(circuit, createEngine(circuit, { seed: 1, operation })),
    );
    const { engine, ...others } = mismatches(heard);
    expect(engine).toBeGreaterThan(20);
    expect(new Set(Object.values(others))).toEqual(new Set([0]));
  });

  test('in the netlist: one look-up table with another content', async () => {
    const { bench, stimulus } = one;
    const device = findDevice('up5k');
    const { netlistJson } = await synthesise({ files: bench.files, top: bench.top, device });
    const netlist = JSON.parse(netlistJson);
    const cells: { type: string; parameters: Record<string, string> }[] = Object.values(
      netlist.modules[bench.top].cells,
    );
    const { parameters } = cells.find(({ type }) => type === 'SB_LUT4')!;
    parameters.LUT_INIT = inverted(parameters.LUT_INIT!);
    const faulty = JSON.stringify(netlist);
    const heard = await hearAll(one, []);
    const [right, wrong] = [netlistJson, faulty].map(json => netlistOpinion(bench, json));
    const witnesses = [
      ...heard.witnesses,
      { name: 'netlist', said: await right!.run(stimulus) },
      { name: 'faulty', said: await wrong!.run(stimulus) },
    ];
    const comparison = compareWitnesses(witnesses, one.design.circuit.outputs.length);
    expect(comparison.scores.map(({ name, mismatches }) => [name, mismatches > 0])).toEqual([
      ['reference', false],
      ['engine', false],
      ['netlist', false],
      ['faulty', true],
    ]);
    expect(shown(one, { ...heard, witnesses, comparison })).toMatchInlineSnapshot(`
      "
      cycle                                  0   1   2   3   4
      difference reference, engine, netlist │128│31 │-4 │128│127
      difference faulty                     │129│30 │-3 │129│126
      "
    `);
  });
});

function inverted(bits: string): string {
  return bits.replaceAll(/[01]/g, bit => (bit === '0' ? '1' : '0'));
}
