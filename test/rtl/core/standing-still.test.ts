import { describe, expect, it } from 'vitest';
import { elaborate } from '../../../hdl-gen/lang/index.ts';
import type { Circuit, Memory, NetId } from '../../../ir/index.ts';
import { type CoreParameters, ternaryCore } from '../../../rtl/core/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { Draw } from '../../support/draw.ts';
import { coreHost, type HostInputs, smallCore } from './core-host.ts';

/*
 * What does not change takes no energy but that of its clock, and a memory takes none where it is not enabled.
 */

interface Case {
  readonly what: string;
  readonly parameters: CoreParameters;
}

const cores: readonly Case[] = [
  { what: 'one vector', parameters: smallCore },
  { what: 'two vectors', parameters: { ...smallCore, rows: 2, batch: 2 } },
  {
    what: 'a batch and a fast clock',
    parameters: {
      ...smallCore,
      ...{ rows: 3, batch: 5, activationRegister: true, weightRegister: true, hostRegisters: true },
    },
  },
  {
    what: 'weights in SPRAM',
    parameters: { ...smallCore, rows: 2, batch: 4, store: 'spram', weightWords: 16_384 },
  },
];

const beats = 2;
const tiles = 3;

/** A job, its results, and a time in which nobody wants anything: what the host said, and which cycle is which. */
function session(parameters: CoreParameters) {
  const draw = new Draw(3);
  const host = coreHost(parameters);
  const columns = beats * parameters.lanes;
  const row = () => draw.times(columns, () => draw.between(-1, 1));
  const shape = host.load({ weights: draw.times(tiles * parameters.rows, row) });
  host.shape(shape);
  const vector = () => draw.times(columns, () => draw.between(-128, 127));
  host.activations(draw.times(parameters.batch, vector), 0, shape);
  host.start({});
  const job = host.cycle();
  host.step(200);
  const reads = host.cycle();
  host.results(shape);
  host.step(5);
  const rest = host.cycle();
  host.step(50);
  return { requests: host.requests, job, reads, rest };
}

/** Plays what the host said, and tells of each net how many bits change, and how often it is 1, from one cycle to another. */
function playing(circuit: Circuit, requests: readonly HostInputs[], watched: readonly NetId[]) {
  const outputs = watched.map(net => ({ name: `${net}`, net }));
  const inputs = circuit.inputs.filter(({ name }) => name !== 'rst').map(({ name }) => name);
  return (from: number, to: number) => {
    const run = createSimulation({ ...circuit, outputs }, { toggles: true, seed: 5 });
    const play = (first: number, end: number) => {
      const stimulus = run.stimulus(end - first);
      for (const name of inputs)
        for (let i = first; i < end; i++)
          stimulus.set(name, i - first, requests[i]![name.replace('request_', '') as keyof HostInputs]);
      return run.run(stimulus);
    };
    play(0, from);
    const before = run.toggles();
    const seen = play(from, to);
    const ones = new Map(
      outputs.map(({ name, net }) => [net, seen.column(name).reduce((sum, value) => sum + Number(value), 0)]),
    );
    return { changes: run.toggles().map((count, net) => count - before[net]!), ones };
  };
}

/** What enables a memory to read or write. */
const enablesOf = ({ reads, writes }: Memory): (NetId | undefined)[] =>
  [...reads, ...writes].map(({ enable }) => enable);

describe.each(cores)('a core with $what', ({ parameters }) => {
  const { circuit } = elaborate(ternaryCore(parameters));
  const { requests, job, reads, rest } = session(parameters);
  const enables = circuit.memories.flatMap(enablesOf);
  const play = playing(
    circuit,
    requests,
    enables.filter(net => net !== undefined),
  );

  it('stands still without a job: nothing changes, and no memory is enabled', () => {
    expect(enables).not.toContain(undefined);
    const { changes, ones } = play(rest, requests.length);
    expect(circuit.nets.filter((_, net) => changes[net]! > 0)).toEqual([]);
    expect([...ones.values()].every(count => count === 0)).toBe(true);
    const working = play(job, rest);
    expect(working.changes.some(count => count > 0)).toBe(true);
    expect([...working.ones.values()].filter(count => count > 0).length).toBeGreaterThan(0);
  });

  it('reads initial values and results where they are needed', () => {
    const find = (name: string) => circuit.memories.find(memory => memory.name === name)!;
    const [initial, results] = [find('result_initial_values'), find('result_results')];
    const sums = tiles * parameters.rows * parameters.batch;
    const { ones } = play(job, reads);
    const asked = ones.get(initial.reads[0]!.enable!)!;
    // With each sum; for a row alone, whose sums come too soon for that, while there are sums.
    if (parameters.rows > 1) expect(asked).toBe(sums);
    expect(asked).toBeGreaterThanOrEqual(sums);
    expect(asked).toBeLessThan(tiles * beats * parameters.rows * parameters.batch + sums);
    expect(ones.get(results.reads[0]!.enable!)).toBe(0);
    expect(play(reads, rest).ones.get(results.reads[0]!.enable!)).toBe(sums);
  });
});
