import { type DomainId, evaluationOrder, type NetId } from '../../ir/index.ts';
import type { Failure } from '../backend.ts';
import { combinationalLoop } from '../diagnostics.ts';
import type { Layout } from './layout.ts';
import { compileProgram, type Program, type Source } from './program.ts';
import type { Goal } from './units.ts';
import { growTo, newMemory, type WasmMemory } from './wasm.ts';
import type { Slot } from './word.ts';

/** The most bytes of records that lie in the memory itself. */
const mostBlockBytes = 2 ** 26;

/** Cells and lookups in evaluation order. @throws Diagnostic TCT-3005 for a combinational loop. */
export function orderedSteps(circuit: Source['circuit']): Source['steps'] {
  const order = evaluationOrder(circuit);
  if (order.steps === undefined) throw combinationalLoop(circuit, order.loop);
  return order.steps;
}

/**
 * A circuit in a memory of WebAssembly: its values and its programs. There is one program for each set of domains
 * that tick together, compiled when it is first asked for, and one that brings nets which are not registers into
 * memory, where they can be looked at.
 */
export class Core {
  readonly #source: Source;
  readonly #layout: Layout;
  readonly #memory: WasmMemory;
  readonly #edges = new Map<string, Program>();
  readonly #outputNets: ReadonlySet<NetId>;
  readonly #access: (index: number) => void;
  /** Where the blocks of `allocate` begin. */
  readonly #blocks = new WeakMap<Uint8Array, number>();
  /** The first byte that nothing uses, and the first that a program may use for values of its own while it runs. */
  #used: number;
  #free: number;
  #blockBytes = 0;
  #bytes: Uint8Array;
  #view: DataView;
  #show: Program | undefined;
  #latches: Program | undefined;
  #showsAll = false;
  #isSettled = false;
  #hasBaseline: boolean;

  /** @param access reads or writes a memory of the circuit, if the host has them. */
  constructor(source: Source, access: (core: Core, index: number) => void) {
    this.#source = source;
    this.#layout = source.layout;
    this.#memory = newMemory(source.layout.end);
    this.#used = source.layout.end;
    this.#free = source.layout.end;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
    this.#outputNets = new Set(source.circuit.outputs.map(({ net }) => net));
    this.#access = index => access(this, index);
    this.#hasBaseline = source.layout.toggles.size === 0;
  }

  /** The memory's bytes. They are new ones after each call of a method here that computes something. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** The same bytes, for numbers. */
  get view(): DataView {
    return this.#view;
  }

  /** Says that an input has changed. */
  touch(): void {
    this.#isSettled = false;
  }

  /** Brings a net up to date that is not an input, a constant or a state. */
  settle(net: NetId): void {
    // The outputs alone are shown, until somebody asks for another.
    if (!this.#showsAll && !this.#outputNets.has(net)) {
      this.#showsAll = true;
      this.#isSettled = false;
      this.#show = undefined;
    }
    this.#show ??= this.#compile({
      kind: 'show',
      nets: [...this.#layout.shown.keys()].filter(key => this.#showsAll || this.#outputNets.has(key)),
    });
    if (!this.#isSettled) this.#runOnce(this.#show);
    this.#isSettled = true;
  }

  /** Makes edges with the inputs as they are. */
  step(cycles: number, domains: readonly DomainId[]): Failure | undefined {
    const { inputRecord, outputRecord } = this.#layout;
    const edge = this.#edge(domains);
    this.#isSettled = false;
    const broken = edge(cycles, inputRecord, 0, outputRecord, 0);
    return broken === 0 ? undefined : { property: broken - 1, cycles: this.#made(cycles) };
  }

  /** Makes an edge for each record of `stimulus`, and fills those of `results`. */
  run(
    stimulus: Uint8Array,
    results: Uint8Array,
    total: number,
    domains: readonly DomainId[],
  ): Failure | undefined {
    const { inputs, outputs, inputRecord, stimulusBlock, resultBlock, blockCycles } = this.#layout;
    // What is compared first is the first cycle with itself, and not with what the inputs were before it.
    if (!this.#hasBaseline && total > 0) this.#bytes.set(stimulus.subarray(0, inputs.stride), inputRecord);
    const edge = this.#edge(domains);
    this.#isSettled = false;
    const place = this.#blocks.get(stimulus);
    for (let begin = 0; begin < total; begin += blockCycles) {
      const cycles = Math.min(blockCycles, total - begin);
      const from = begin * inputs.stride;
      const source = place === undefined ? stimulusBlock : place + from;
      if (place === undefined)
        this.#bytes.set(stimulus.subarray(from, from + cycles * inputs.stride), stimulusBlock);
      const broken = edge(cycles, source, inputs.stride, resultBlock, outputs.stride);
      const written = broken === 0 ? cycles : this.#made(cycles) + 1;
      const last = source + (written - 1) * inputs.stride;
      this.#bytes.copyWithin(inputRecord, last, last + inputs.stride);
      const block = this.#bytes.subarray(resultBlock, resultBlock + written * outputs.stride);
      results.set(block, begin * outputs.stride);
      if (broken !== 0) return { property: broken - 1, cycles: begin + written - 1 };
    }
    return undefined;
  }

  /**
   * Bytes, all 0, for records that `run` need not copy as long as there is room for them: they are given back with the
   * whole memory only.
   */
  allocate(size: number): Uint8Array {
    if (this.#blockBytes + size > mostBlockBytes) return new Uint8Array(size);
    const begin = 16 * Math.ceil(this.#used / 16);
    growTo(this.#memory, begin + size);
    this.#lookAgain();
    this.#blockBytes += size;
    this.#used = begin + size;
    this.#free = this.#used;
    const block = new Uint8Array(this.#memory.buffer, begin, size);
    this.#blocks.set(block, begin);
    return block;
  }

  /** Lets the latches take the values that they show. */
  storeLatches(): void {
    this.#latches ??= this.#compile({ kind: 'latches' });
    this.#runOnce(this.#latches);
  }

  /** How often the condition of each property that is a cover was 1. */
  covers(): readonly number[] {
    return this.#source.circuit.properties.map((_, i) => this.#count(this.#layout.covers + 8 * i));
  }

  /** How many bits of each net have changed; 0 where that was not counted. */
  toggles(): readonly number[] {
    return this.#source.circuit.nets.map((_, net) => {
      const slots = this.#layout.toggles.get(net);
      return slots === undefined ? 0 : this.#count(slots.count);
    });
  }

  #count(address: number): number {
    return Number(this.#view.getBigInt64(address, true));
  }

  /** How many of `cycles` cycles were made before a property was broken. */
  #made(cycles: number): number {
    return cycles - this.#view.getInt32(this.#layout.remaining, true);
  }

  #edge(domains: readonly DomainId[]): Program {
    const key = domains.join();
    let program = this.#edges.get(key);
    if (program === undefined) {
      const toggled = [...this.#layout.toggles.keys()];
      program = this.#compile({ kind: 'edge', domains: new Set(domains), toggled });
      this.#edges.set(key, program);
    }
    if (!this.#hasBaseline) {
      this.#hasBaseline = true;
      this.#runOnce(this.#compile({ kind: 'baseline', toggled: [...this.#layout.toggles.keys()] }));
    }
    return program;
  }

  #runOnce(program: Program): void {
    program(1, this.#layout.inputRecord, 0, this.#layout.outputRecord, 0);
  }

  #compile(goal: Goal): Program {
    const source = { ...this.#source, layout: { ...this.#layout, end: this.#free } };
    const { run, end } = compileProgram(source, goal, this.#memory, this.#access);
    this.#used = Math.max(this.#used, end);
    this.#lookAgain();
    return run;
  }

  /** A view of a memory does not reach what has grown. */
  #lookAgain(): void {
    if (this.#bytes.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }
}

/** Where each net lies that can be looked at. */
export function placesIn(circuit: Source['circuit'], layout: Layout): ReadonlyMap<NetId, Slot> {
  const places = new Map<NetId, Slot>([...layout.states, ...layout.shown]);
  circuit.inputs.forEach(({ net }, i) => {
    const { offset, bytes, signed } = layout.inputs.fields[i]!;
    places.set(net, { address: layout.inputRecord + offset, bytes, signed });
  });
  return places;
}
