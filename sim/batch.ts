import type { Circuit, DomainId, NetId } from '../ir/index.ts';
import { type Failure, nearestToZero } from './backend.ts';
import { BatchRecords } from './batch-records.ts';
import { badCount, PropertyBroken, unevenStimulus, unknownName } from './diagnostics.ts';
import { createPlaneEngine, type PlaneEngine } from './engine/index.ts';
import { namesOf } from './names.ts';
import { streams } from './planes.ts';
import { checked } from './records.ts';
import { resetInputs } from './resets.ts';

export interface BatchOptions {
  /** Decides the values that hardware leaves open at power-up, the same in all streams: 0 by default. */
  readonly seed?: number;
  /** Counts how many bits of every net change: see `toggles`. */
  readonly toggles?: boolean;
}

export interface BatchRunOptions {
  /** Takes the outputs, in place of new records; it must have as many cycles as the stimulus. */
  readonly results?: BatchRecords;
}

/**
 * One circuit run 128 times at once, each time on values of its own. All streams tick together; each does what a
 * `Simulation` of the same seed does on the stream's inputs.
 */
export class BatchSimulation {
  readonly circuit: Circuit;
  /** How many streams there are: 128. */
  readonly streams: number = streams;
  readonly #engine: PlaneEngine;
  readonly #names: ReadonlyMap<string, NetId>;
  readonly #inputs: ReadonlyMap<string, number>;
  readonly #rising: readonly DomainId[];
  readonly #falling: readonly DomainId[];
  #cycle = 0;

  constructor(circuit: Circuit, { seed = 0, toggles = false }: BatchOptions = {}) {
    this.circuit = circuit;
    this.#engine = createPlaneEngine(circuit, {
      seed,
      toggled: toggles ? circuit.nets.map((_, net) => net) : [],
    });
    this.#names = namesOf(circuit);
    this.#inputs = new Map(circuit.inputs.map(({ name }, i) => [name, i]));
    const domains = circuit.domains.map((_, i) => i);
    this.#rising = domains.filter(domain => circuit.domains[domain]!.isFalling !== true);
    this.#falling = domains.filter(domain => circuit.domains[domain]!.isFalling === true);
    for (const { name, net } of circuit.inputs) this.set(name, nearestToZero(circuit.nets[net]!.interval));
  }

  /** Cycles so far. */
  get cycle(): number {
    return this.#cycle;
  }

  /**
   * Sets an input in all streams; it keeps the value until it is set again.
   * @throws Diagnostic TCT-3001 for a value outside its interval, TCT-3002 for a name that is not an input.
   */
  set(port: string, value: bigint | number): void {
    const index = this.#inputs.get(port);
    if (index === undefined) throw unknownName('input', port, [...this.#inputs.keys()]);
    const { interval } = this.circuit.nets[this.circuit.inputs[index]!.net]!;
    this.#engine.setInput(index, checked(port, value, interval));
  }

  /**
   * The present value of a port, or of a signal by its path in the hierarchy, in one stream.
   * @throws Diagnostic TCT-3002 for an unknown name.
   */
  get(path: string, stream: number): bigint {
    const net = this.#names.get(path);
    if (net === undefined) throw unknownName('signal', path, [...this.#names.keys()]);
    return this.#engine.read(net, stream);
  }

  /** Records for a run of as many cycles; every input has the value 0 in every stream. */
  stimulus(cycles: number): BatchRecords {
    if (!Number.isInteger(cycles) || cycles < 0) throw badCount('the number of cycles', cycles);
    return new BatchRecords(this.#engine.inputs, cycles, size => this.#engine.allocate(size));
  }

  /**
   * Makes `cycles` cycles (1 by default) with the inputs as they are: in each one edge of every domain.
   * @throws Diagnostic TCT-3003 or TCT-3004 before the edge where an assumption or an assertion is broken in a stream.
   */
  step(cycles = 1): void {
    if (!Number.isInteger(cycles) || cycles < 0) throw badCount('the number of cycles', cycles);
    this.#made(cycles, this.#engine.step(cycles, this.#rising, this.#falling));
  }

  /**
   * Makes a cycle for each record of `stimulus`, with the record's values on the inputs; gives the outputs just before
   * each edge.
   * @throws as `step`.
   */
  run(stimulus: BatchRecords, { results }: BatchRunOptions = {}): BatchRecords {
    const taken = results ?? new BatchRecords(this.#engine.outputs, stimulus.cycles);
    if (taken.cycles !== stimulus.cycles) throw unevenStimulus('results', taken.cycles, stimulus.cycles);
    this.#made(stimulus.cycles, this.#engine.run(stimulus, taken, this.#rising, this.#falling));
    return taken;
  }

  /** Makes one cycle with every reset input at 1 in all streams, and leaves them at 0. Nothing without a reset. */
  reset(): void {
    const resets = resetInputs(this.circuit);
    if (resets.length === 0) return;
    for (const index of resets) this.#engine.setInput(index, 1n);
    this.step();
    for (const index of resets) this.#engine.setInput(index, 0n);
  }

  /**
   * For each net of the circuit how many of its bits have changed from one cycle to the next, summed over all streams
   * and all cycles so far: all 0 where `toggles` was not asked for. A net is looked at before each edge.
   */
  toggles(): readonly number[] {
    return this.#engine.toggles();
  }

  #made(cycles: number, failure: Failure | undefined): void {
    this.#cycle += failure?.cycles ?? cycles;
    if (failure === undefined) return;
    const property = this.circuit.properties[failure.property]!;
    const stream = this.#engine.brokenStream();
    const read = (net: NetId) => this.#engine.read(net, stream);
    throw new PropertyBroken(this.circuit, property, read, this.#cycle, stream);
  }
}

/**
 * A circuit that runs 128 times at once. @throws Diagnostic TCT-3005 for a circuit with a combinational loop.
 */
export function createBatch(circuit: Circuit, options: BatchOptions = {}): BatchSimulation {
  return new BatchSimulation(circuit, options);
}
