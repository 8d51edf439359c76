import type { Circuit, NetId } from '../ir/index.ts';
import { CircuitSimulation } from './circuit-simulation.ts';
import { createEngine } from './engine/index.ts';
import { createOracle } from './oracle/index.ts';
import type { Records } from './records.ts';
import type { TraceSink } from './trace/index.ts';
import { wholeCycles } from './whole-cycles.ts';

export interface SimulationOptions {
  /** The compiled engine (the default), or the slow interpreter that it is held against. */
  readonly engine?: 'compiled' | 'oracle';
  /** Decides the values that hardware leaves open at power-up: any whole number, 0 by default. */
  readonly seed?: number;
  /** Traces from the first cycle on. */
  readonly trace?: TraceSink;
  /** Counts how many bits of every net change, or of the nets in a list: see `Simulation.toggles`. */
  readonly toggles?: boolean | readonly NetId[];
}

export interface StepOptions {
  /**
   * The domains that have an edge; without it all. Their edges are simultaneous, but for those that are the falling
   * edge of a clock: these come after the rising ones.
   */
  readonly domains?: readonly string[];
}

export interface RunOptions extends StepOptions {
  /** Takes the outputs, in place of new records; it must have as many cycles as the stimulus. */
  readonly results?: Records;
}

/** How often the condition of a `cover` was 1. */
export interface CoverCount {
  readonly why: string;
  readonly source: string;
  readonly count: number;
}

/** A circuit that runs. Names are those of the flat circuit: an element of an array port is a port of its own. */
export interface Simulation {
  readonly circuit: Circuit;

  /** Edges so far. */
  readonly cycle: number;

  /**
   * Sets an input, which keeps the value until it is set again.
   * @throws Diagnostic TCT-3001 for a value outside its interval, TCT-3002 for a name that is not an input.
   */
  set(port: string, value: bigint | number): void;

  /**
   * The present value of a port, or of a signal by its path in the hierarchy.
   * @throws Diagnostic TCT-3002 for an unknown name.
   */
  get(path: string): bigint;

  /**
   * Makes `cycles` cycles (1 by default): in each one edge of every domain.
   * @throws Diagnostic TCT-3003 or TCT-3004 before the edge where an assumption or an assertion is broken.
   */
  step(cycles?: number, options?: StepOptions): void;

  /** Records for a run of as many cycles; every input begins with the value that it has now. */
  stimulus(cycles: number): Records;

  /**
   * Makes an edge for each record of `stimulus`, with the record's values on the inputs; gives the outputs just
   * before each edge. This is the fast way. Afterwards the inputs keep the last values.
   * @throws as `step`.
   */
  run(stimulus: Records, options?: RunOptions): Records;

  /**
   * The same for lists of values: each input that is named takes one value for each cycle, the others keep theirs.
   * @throws Diagnostic TCT-3007 where the lists differ in length, and as `set` and `step`.
   */
  runValues(values: Stimuli, options?: StepOptions): Record<string, bigint[]>;

  /** Makes one edge of all domains with every reset input at 1, and leaves them at 0. Nothing without a reset. */
  reset(): void;

  /** Traces from here on, until the function that it returns is called. */
  trace(sink: TraceSink): () => void;

  covers(): CoverCount[];

  /**
   * For each net of the circuit how many of its bits have changed from one cycle to the next, summed over all cycles
   * so far: all 0 where `toggles` was not asked for. A net is looked at before each edge; the first cycle of all, which
   * none comes before, counts nothing.
   */
  toggles(): readonly number[];
}

/** Values of inputs, one for each cycle. */
export type Stimuli = Readonly<Record<string, ArrayLike<bigint | number>>>;

/** @throws Diagnostic TCT-3005 for a circuit with a combinational loop. */
export function createSimulation(circuit: Circuit, options: SimulationOptions = {}): Simulation {
  const { engine = 'compiled', seed = 0, trace, toggles = false } = options;
  const toggled = toggles === true ? circuit.nets.map((_, net) => net) : toggles === false ? [] : toggles;
  const backend =
    engine === 'oracle' ? createOracle(circuit, { seed, toggled }) : createEngine(circuit, { seed, toggled });
  const simulation = new CircuitSimulation(circuit, wholeCycles(circuit, backend));
  if (trace !== undefined) simulation.trace(trace);
  return simulation;
}
