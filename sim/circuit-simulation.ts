import type { Circuit, DomainId, NetId } from '../ir/index.ts';
import type { Backend, Failure } from './backend.ts';
import { badCount, PropertyBroken, unevenStimulus, unknownName } from './diagnostics.ts';
import { namesOf } from './names.ts';
import { checked, Records } from './records.ts';
import { resetInputs } from './resets.ts';
import type { CoverCount, RunOptions, Simulation, StepOptions, Stimuli } from './simulation.ts';
import type { TraceSink } from './trace/index.ts';
import { Tracer } from './tracer.ts';

/** The front that every backend has. */
export class CircuitSimulation implements Simulation {
  readonly circuit: Circuit;
  readonly #backend: Backend;
  readonly #names: ReadonlyMap<string, NetId>;
  readonly #inputs: ReadonlyMap<string, number>;
  readonly #allDomains: readonly DomainId[];
  readonly #tracers = new Set<Tracer>();
  #cycle = 0;

  constructor(circuit: Circuit, backend: Backend) {
    this.circuit = circuit;
    this.#backend = backend;
    this.#names = namesOf(circuit);
    this.#inputs = new Map(circuit.inputs.map(({ name }, i) => [name, i]));
    this.#allDomains = circuit.domains.map((_, i) => i);
  }

  get cycle(): number {
    return this.#cycle;
  }

  set(port: string, value: bigint | number): void {
    const index = this.#inputs.get(port);
    if (index === undefined) throw unknownName('input', port, [...this.#inputs.keys()]);
    const { interval } = this.circuit.nets[this.circuit.inputs[index]!.net]!;
    this.#backend.setInput(index, checked(port, value, interval));
  }

  get(path: string): bigint {
    const net = this.#names.get(path);
    if (net === undefined) throw unknownName('signal', path, [...this.#names.keys()]);
    return this.#backend.read(net);
  }

  step(cycles = 1, { domains }: StepOptions = {}): void {
    if (!Number.isInteger(cycles) || cycles < 0) throw badCount('the number of cycles', cycles);
    const ticking = this.#domains(domains);
    if (this.#tracers.size === 0) {
      this.#made(cycles, this.#backend.step(cycles, ticking));
      return;
    }
    for (let i = 0; i < cycles; i++) {
      for (const tracer of this.#tracers) tracer.beforeEdge();
      this.#made(1, this.#backend.step(1, ticking));
      for (const tracer of this.#tracers) tracer.afterEdge(ticking);
    }
  }

  stimulus(cycles: number): Records {
    if (!Number.isInteger(cycles) || cycles < 0) throw badCount('the number of cycles', cycles);
    const records = new Records(this.#backend.inputs, cycles);
    if (cycles === 0) return records;
    for (const { name, net } of this.circuit.inputs) records.set(name, 0, this.#backend.read(net));
    for (let cycle = 1; cycle < cycles; cycle++)
      records.bytes.copyWithin(cycle * records.layout.stride, 0, records.layout.stride);
    return records;
  }

  run(stimulus: Records, { domains, results }: RunOptions = {}): Records {
    const { inputs, outputs } = this.#backend;
    const asked = results ?? new Records(outputs, stimulus.cycles);
    if (asked.cycles !== stimulus.cycles) throw unevenStimulus('results', asked.cycles, stimulus.cycles);
    const ticking = this.#domains(domains);
    if (this.#tracers.size > 0) {
      this.#runTraced(stimulus, asked, domains);
      return asked;
    }
    const own = asked.inLayout(outputs);
    const failure = this.#backend.run(stimulus.inLayout(inputs), own, ticking);
    if (own !== asked) asked.copy(own);
    this.#made(stimulus.cycles, failure);
    return asked;
  }

  #runTraced(stimulus: Records, results: Records, domains: readonly string[] | undefined): void {
    for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
      for (const { name } of stimulus.layout.fields) this.set(name, stimulus.get(name, cycle));
      for (const { name } of results.layout.fields) results.set(name, cycle, this.get(name));
      this.step(1, domains === undefined ? {} : { domains });
    }
  }

  runValues(values: Stimuli, options: StepOptions = {}): Record<string, bigint[]> {
    const lists = Object.entries(values);
    const cycles = lists[0]?.[1].length ?? 0;
    const stimulus = this.stimulus(cycles);
    for (const [port, list] of lists) {
      if (!this.#inputs.has(port)) throw unknownName('input', port, [...this.#inputs.keys()]);
      if (list.length !== cycles) throw unevenStimulus(port, list.length, cycles);
      for (let cycle = 0; cycle < cycles; cycle++) stimulus.set(port, cycle, list[cycle]!);
    }
    const results = this.run(stimulus, options);
    return Object.fromEntries(this.circuit.outputs.map(({ name }) => [name, results.column(name)]));
  }

  reset(): void {
    const resets = resetInputs(this.circuit);
    if (resets.length === 0) return;
    for (const index of resets) this.#backend.setInput(index, 1n);
    this.step();
    for (const index of resets) this.#backend.setInput(index, 0n);
  }

  trace(sink: TraceSink): () => void {
    const tracer = new Tracer(this.circuit, this.#backend, sink);
    this.#tracers.add(tracer);
    return () => {
      if (this.#tracers.delete(tracer)) tracer.end();
    };
  }

  covers(): CoverCount[] {
    const counts = this.#backend.covers();
    return this.circuit.properties.flatMap(({ kind, why, source }, i) =>
      kind === 'cover' ? [{ why, source, count: counts[i]! }] : [],
    );
  }

  toggles(): readonly number[] {
    return this.#backend.toggles();
  }

  #domains(names: readonly string[] | undefined): readonly DomainId[] {
    if (names === undefined) return this.#allDomains;
    const known = this.circuit.domains.map(({ name }) => name);
    const ids = names.map(name => {
      const id = known.indexOf(name);
      if (id < 0) throw unknownName('domain', name, known);
      return id;
    });
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  /** Counts the edges that were made. @throws Diagnostic where a property stopped them. */
  #made(cycles: number, failure: Failure | undefined): void {
    this.#cycle += failure?.cycles ?? cycles;
    if (failure === undefined) return;
    const property = this.circuit.properties[failure.property]!;
    throw new PropertyBroken(this.circuit, property, net => this.#backend.read(net), this.#cycle);
  }
}
