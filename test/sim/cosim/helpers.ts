import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { benchOf } from '../../../hdl-gen/cli/cosim-bench.ts';
import { hear, type VerilogOpinion } from '../../../hdl-gen/cli/cosim-opinions.ts';
import {
  type Circuit,
  type Design,
  elaborate,
  type RecordShape,
  type SignalRecord,
} from '../../../hdl-gen/lang/index.ts';
import {
  type Bench,
  type Comparison,
  compareWitnesses,
  type Stimulus,
  simulationOpinion,
  type Witness,
} from '../../../sim/cosim/index.ts';
import { createSimulation, type Simulation } from '../../../sim/index.ts';
import { findDevice } from '../../../synth/index.ts';
import { Draw } from '../../support/draw.ts';

/** Lets compiled simulations be kept in a folder that is gone after the tests. */
export function ownCache(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-cache-'));
  const before = process.env.TERCET_CACHE;
  process.env.TERCET_CACHE = folder;
  afterAll(() => {
    if (before === undefined) delete process.env.TERCET_CACHE;
    else process.env.TERCET_CACHE = before;
    rmSync(folder, { recursive: true });
  });
}

/** A circuit with a random stimulus, and what its Verilog is run by. */
export interface Case {
  readonly design: Design;
  readonly bench: Bench;
  readonly stimulus: Stimulus;
  readonly seed: number;
}

/** Random inputs, a reset now and then, and random edges where there are several clocks. */
export function caseOf<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  { cycles = 64, seed = 1 }: { readonly cycles?: number; readonly seed?: number } = {},
): Case {
  const design = elaborate(circuit);
  const draw = new Draw(seed);
  const inputs = createSimulation(design.circuit).stimulus(cycles);
  for (const { name, net } of design.circuit.inputs) {
    const { interval } = design.circuit.nets[net]!;
    for (let cycle = 0; cycle < cycles; cycle++)
      inputs.set(name, cycle, /(^|_)rst$/.test(name) ? BigInt(draw.oneIn(8)) : draw.value(interval));
  }
  const domains = design.circuit.domains.map(({ name }) => name);
  const edges = draw.times(cycles, () => domains.filter(() => domains.length === 1 || !draw.oneIn(3)));
  return { design, bench: benchOf(design, { seed }), stimulus: { inputs, edges }, seed };
}

/** Hears the oracle as the reference, the engine, and those that are named. */
export async function hearAll(
  { design, bench, stimulus, seed }: Case,
  names: readonly VerilogOpinion[],
  createEngine: () => Simulation = () => createSimulation(design.circuit, { seed }),
): Promise<Heard> {
  const oracle = simulationOpinion('reference', () =>
    createSimulation(design.circuit, { engine: 'oracle', seed }),
  );
  const engine = simulationOpinion('engine', createEngine);
  const { signal } = new AbortController();
  const hearing = { bench, stimulus, seed, device: findDevice('up5k'), signal, onProgress() {} };
  const others = await Promise.all(names.map(name => hear(name, hearing)));
  const witnesses: Witness[] = [
    { name: 'reference', said: await oracle.run(stimulus) },
    { name: 'engine', said: await engine.run(stimulus) },
    ...others,
  ];
  const comparison = compareWitnesses(witnesses, design.circuit.outputs.length);
  const leftOut = Object.fromEntries(others.map(({ name, leftOut }) => [name, leftOut]));
  return { witnesses, comparison, leftOut };
}

export interface Heard {
  readonly witnesses: readonly Witness[];
  readonly comparison: Comparison;
  /** Values that were left out, by opinion. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Mismatches by opinion. */
export function mismatches({ comparison }: Heard): Record<string, number> {
  return Object.fromEntries(comparison.scores.map(({ name, mismatches }) => [name, mismatches]));
}

/** The same case with the Verilog changed on its way to the simulators. */
export function withVerilog(one: Case, change: (text: string) => string): Case {
  const files = Object.entries(one.bench.files).map(([name, text]) => [name, change(text)]);
  return { ...one, bench: { ...one.bench, files: Object.fromEntries(files) } };
}
