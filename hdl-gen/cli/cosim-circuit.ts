import { type Stimulus, simulationOpinion } from '../../sim/cosim/index.ts';
import { createSimulation } from '../../sim/index.ts';
import type { Design } from '../lang/index.ts';
import { elaborated, loadCircuit } from './circuit.ts';
import type { Context } from './command.ts';
import { drawInputs } from './compare-engines.ts';
import { benchOf } from './cosim-bench.ts';
import { deviceModels, foreignVerilog } from './cosim-sources.ts';
import type { CosimSubject } from './cosim-subject.ts';
import type { CosimValues } from './options.ts';
import { Random } from './random.ts';

/** A clock of several has no edge in one of this many cycles. */
const pauseRarity = 4;

/** A user's circuit with random inputs: the oracle is the reference. */
export async function circuitSubject(
  values: CosimValues,
  { terminal, interrupts, version }: Context,
): Promise<CosimSubject> {
  const { cycles, seed } = values;
  const loaded = await loadCircuit(values.circuit!);
  const design = interrupts.uncovered(() => elaborated(loaded));
  for (const warning of design.warnings) terminal.warn(warning);
  const sources = foreignVerilog(design, values.sources);
  const stimulus = randomStimulus(design, cycles, seed);
  const of = (engine: 'oracle' | 'compiled') =>
    simulationOpinion(engine, () => createSimulation(design.circuit, { engine, seed })).run(stimulus);
  const { inputs, domains } = design.circuit;
  const clocks = domains.length > 1 ? ` and ${domains.length} clocks` : '';
  return {
    design,
    bench: benchOf(design, {
      seed,
      sources,
      models: deviceModels(design),
      madeBy: `hdl-gen cosim --circuit ${loaded.reference} (Tercet ${version})`,
    }),
    stimulus,
    witnesses: [
      { name: 'reference', said: await of('oracle') },
      { name: 'engine', said: await of('compiled') },
    ],
    about: { reference: 'the circuit, interpreted on big integers', engine: 'the circuit, compiled' },
    what: [
      ['circuit', loaded.reference],
      ['inputs', `${inputs.length}${clocks}, drawn at random with seed ${seed}`],
    ],
    document: { circuit: loaded.reference },
  };
}

/** Random inputs and, of several clocks, random edges: what takes the wrong clock would not be found otherwise. */
function randomStimulus(design: Design, cycles: number, seed: number): Stimulus {
  const inputs = createSimulation(design.circuit).stimulus(cycles);
  drawInputs(design, inputs, true, new Random(seed, 4));
  const names = design.circuit.domains.map(({ name }) => name);
  if (names.length === 1) return { inputs };
  const random = new Random(seed, 5);
  // Every reset is taken in the first cycle.
  const edges = Array.from({ length: cycles }, (_, cycle) =>
    names.filter(() => cycle === 0 || random.between(1, pauseRarity) > 1),
  );
  return { inputs, edges };
}
