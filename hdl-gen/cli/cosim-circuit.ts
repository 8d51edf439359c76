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
export async function circuitSubject(values: CosimValues, context: Context): Promise<CosimSubject> {
  const loaded = await loadCircuit(values.circuit!);
  const design = context.interrupts.uncovered(() => elaborated(loaded));
  return {
    ...(await randomSubject(design, `--circuit ${loaded.reference}`, loaded.reference, values, context)),
    document: { circuit: loaded.reference },
  };
}

/**
 * A design with random inputs: the oracle is the reference.
 *
 * @param options with which the command makes the design.
 * @param name what it is called in the table.
 */
export async function randomSubject(
  design: Design,
  options: string,
  name: string,
  values: CosimValues,
  { terminal, version }: Context,
): Promise<Omit<CosimSubject, 'document'>> {
  const { cycles, seed } = values;
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
      madeBy: `hdl-gen cosim ${options} (Tercet ${version})`,
    }),
    stimulus,
    witnesses: [
      { name: 'reference', said: await of('oracle') },
      { name: 'engine', said: await of('compiled') },
    ],
    about: { reference: 'the circuit, interpreted on big integers', engine: 'the circuit, compiled' },
    what: [
      ['circuit', name],
      ['inputs', `${inputs.length}${clocks}, drawn at random with seed ${seed}`],
    ],
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
