import {
  type Bench,
  coreName,
  netlistOpinion,
  simulationOpinion,
  wrapperName,
  wrapperOf,
} from '../sim/cosim/index.ts';
import { createSimulation } from '../sim/index.ts';
import {
  type EquivalenceSide,
  type FileSet,
  proveEquivalence,
  type SatAnswer,
  type SatTrace,
  type Synthesis,
  sharedRegisters,
} from '../synth/index.ts';
import type { Counterexample, Finding } from './finding.ts';
import { replay } from './replay.ts';
import { specificationName } from './specification.ts';
import type { Unit } from './units.ts';

/** Proves that the Verilog of a unit, as a bench has it, does what the specification says. */
export async function proveSpecification(
  bench: Bench,
  { specification, inner }: Pick<Unit, 'specification' | 'inner'>,
  signal?: AbortSignal,
): Promise<Finding> {
  const text = Object.values(bench.files).join('\n');
  const pairs = inner
    .filter(name => new RegExp(`^ .*\\b(reg|wire)\\b.* ${name};$`, 'm').test(text))
    .map(name => [`${coreName}.${name}`, `${coreName}.${name}`] as const);
  const answer = await equivalence(bench, {
    gold: { files: wrapped(bench) },
    gate: {
      files: wrapped({ ...bench, top: specificationName, files: { 'specification.v': specification } }),
    },
    pairs,
    signal,
  });
  return finding(answer, trace =>
    replay(
      bench,
      trace,
      [
        { name: 'verilog', mark: 'gold_' },
        { name: 'specification', mark: 'gate_' },
      ],
      engineOf(bench),
    ),
  );
}

/** Proves that what was synthesised of a bench's top module does what the Verilog says. */
export async function proveNetlist(
  bench: Bench,
  synthesis: Synthesis,
  signal?: AbortSignal,
): Promise<Finding> {
  const { netlistJson } = synthesis;
  const names = sharedRegisters(synthesis, bench.top);
  const answer = await equivalence(bench, {
    gold: { files: wrapped(bench) },
    gate: { files: { 'wrapper.v': wrapperOf(bench) }, netlistJson },
    pairs: names.map(name => [`${coreName}.${name}`, `${coreName}.${name}`]),
    signal,
  });
  return finding(answer, trace =>
    replay(bench, trace, [
      { name: 'verilog', mark: 'gold_', own: engineOf(bench) },
      {
        name: 'netlist',
        mark: 'gate_',
        own: { ...netlistOpinion(bench, netlistJson), name: 'netlist, by the engine' },
      },
    ]),
  );
}

/** Cycles from power-up that are searched where there is no proof: a value goes through an array of 1,024 lanes in 13. */
const searchedCycles = 16;

function equivalence(
  bench: Bench,
  sides: {
    readonly gold: EquivalenceSide;
    readonly gate: EquivalenceSide;
    readonly pairs: readonly (readonly [string, string])[];
    readonly signal: AbortSignal | undefined;
  },
): Promise<SatAnswer> {
  return proveEquivalence({
    top: wrapperName,
    ...sides,
    inputs: bench.circuit.inputs.map((_, i) => `i${i}`),
    outputs: bench.circuit.outputs.map((_, i) => `o${i}`),
    cycles: searchedCycles,
  });
}

function wrapped(bench: Bench): FileSet {
  return { ...bench.models, ...bench.files, 'tercet-wrapper.v': wrapperOf(bench) };
}

function engineOf({ circuit }: Bench) {
  return simulationOpinion('engine', () => createSimulation(circuit));
}

async function finding(
  answer: SatAnswer,
  shown: (trace: SatTrace) => Promise<Counterexample>,
): Promise<Finding> {
  switch (answer.kind) {
    case 'proved':
      return { status: 'proved', how: 'by induction over time' };
    case 'open':
      return { status: 'bounded', how: `for all inputs in the first ${answer.cycles} cycles` };
    case 'refuted': {
      const counterexample = await shown(answer.trace);
      const again = counterexample.replayed ? 'and in our engine' : 'but not in our engine';
      const how = `differs in cycle ${answer.trace.length - 1} by the solver, ${again}`;
      return { status: 'refuted', how, counterexample };
    }
  }
}
