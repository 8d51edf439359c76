import { type Circuit, type DomainId, evaluationOrder, type NetId, operationNamed } from '../../ir/index.ts';
import { type Backend, type BackendOptions, type Failure, nearestToZero, type Watch } from '../backend.ts';
import { combinationalLoop } from '../diagnostics.ts';
import { powerUp } from '../power-up.ts';
import type { Records } from '../records.ts';
import { readValue, writeValue } from '../storage.ts';
import { areNeighbours, planLayout } from './layout.ts';
import { packingOf, packsOf, tuplesOf } from './packs.ts';
import { compileProgram, type Program } from './program.ts';
import type { Goal } from './units.ts';
import type { OperationLookup } from './values.ts';
import { pageBytes, wasm } from './wasm.ts';
import type { Slot } from './word.ts';

export interface EngineOptions extends BackendOptions {
  /** The table of operations, where it is not that of `ir`. */
  readonly operation?: OperationLookup;
}

/**
 * The compiled engine: the circuit becomes WebAssembly, with the loop over the cycles inside. There is one program
 * for each set of domains that tick together, compiled when it is first asked for, and one that brings nets which
 * are not registers into memory, where they can be looked at.
 */
export function createEngine(circuit: Circuit, { seed, operation = operationNamed }: EngineOptions): Backend {
  const order = evaluationOrder(circuit);
  if (order.steps === undefined) throw combinationalLoop(circuit, order.loop);
  const steps = order.steps;
  const packing = packingOf(circuit, steps, operation);
  const layout = planLayout(circuit, packing);
  const packs = packsOf(
    packing,
    tuplesOf(circuit, steps, (nets, place) => areNeighbours(layout, nets, place), operation),
  );
  const { inputs, outputs, inputRecord, outputRecord, states, shown, memories } = layout;
  const memory = new wasm.Memory({ initial: Math.ceil(layout.end / pageBytes) });
  const constants = new Map(circuit.constants.map(({ output, value }) => [output, value]));
  const places = new Map<NetId, Slot>([...states, ...shown]);
  circuit.inputs.forEach(({ net }, i) => {
    const { offset, bytes, signed } = inputs.fields[i]!;
    places.set(net, { address: inputRecord + offset, bytes, signed });
  });

  // A view of a memory ends when the memory grows, which it does when a program is compiled.
  let bytes = new Uint8Array(memory.buffer);
  let values = new DataView(memory.buffer);
  function refresh(): void {
    if (bytes.buffer === memory.buffer) return;
    bytes = new Uint8Array(memory.buffer);
    values = new DataView(memory.buffer);
  }
  const put = (slot: Slot, value: bigint) => writeValue(values, slot.address, slot, value);

  for (const { net } of circuit.inputs) put(places.get(net)!, nearestToZero(circuit.nets[net]!.interval));
  for (const { output, initial } of [...circuit.registers, ...circuit.latches]) {
    put(states.get(output)!, initial);
  }
  const contents = powerUp(circuit, seed);
  circuit.memories.forEach(({ reads }, m) => {
    const { address, ...format } = memories[m]!;
    contents.words[m]!.forEach((value, i) => {
      put({ address: address + format.bytes * i, ...format }, value);
    });
    reads.forEach(({ data }, port) => {
      put(states.get(data)!, contents.readData[m]![port]!);
    });
  });

  function compile(goal: Goal): Program {
    const program = compileProgram(circuit, steps, layout, packs, goal, memory, operation);
    refresh();
    return program;
  }
  const edges = new Map<string, Program>();
  function edgeOf(domains: readonly DomainId[]): Program {
    const key = domains.join();
    let program = edges.get(key);
    if (program === undefined) {
      program = compile({ kind: 'edge', domains: new Set(domains) });
      edges.set(key, program);
    }
    return program;
  }

  const outputNets = new Set(circuit.outputs.map(({ net }) => net));
  let show: Program | undefined;
  let showsAll = false;
  let settled = false;
  /** Brings the nets to be shown up to date: the outputs alone, until somebody asks for another. */
  function settle(net: NetId): void {
    if (!showsAll && !outputNets.has(net)) {
      showsAll = true;
      settled = false;
      show = undefined;
    }
    show ??= compile({
      kind: 'show',
      nets: [...shown.keys()].filter(key => showsAll || outputNets.has(key)),
    });
    if (!settled) show(1, inputRecord, 0, outputRecord, 0);
    settled = true;
  }

  function setInput(index: number, value: bigint): void {
    const field = inputs.fields[index]!;
    writeValue(values, inputRecord + field.offset, field, value);
    settled = false;
  }

  function read(net: NetId): bigint {
    const constant = constants.get(net);
    if (constant !== undefined) return constant;
    const place = places.get(net);
    if (place === undefined)
      throw new Error(`internal error: '${circuit.nets[net]!.name}' is not a net that is shown`);
    if (shown.has(net)) settle(net);
    return readValue(values, place.address, place);
  }

  function watch(nets: readonly NetId[]): Watch {
    const last = nets.map(net => (places.has(net) ? new Uint8Array(places.get(net)!.bytes) : undefined));
    const computed = nets.filter(net => shown.has(net));
    let isFirst = true;
    return {
      changes(visit) {
        for (const net of computed) settle(net);
        nets.forEach((net, i) => {
          const place = places.get(net);
          const before = last[i];
          let differs = isFirst;
          if (place !== undefined && before !== undefined) {
            for (let i = 0; i < place.bytes; i++) {
              const byte = bytes[place.address + i]!;
              differs ||= byte !== before[i];
              before[i] = byte;
            }
          }
          if (differs) visit(i, read(net));
        });
        isFirst = false;
      },
    };
  }

  /** How many of `cycles` cycles were made before a property was broken. */
  const made = (cycles: number) => cycles - values.getInt32(layout.remaining, true);

  function step(cycles: number, domains: readonly DomainId[]): Failure | undefined {
    const broken = edgeOf(domains)(cycles, inputRecord, 0, outputRecord, 0);
    settled = false;
    return broken === 0 ? undefined : { property: broken - 1, cycles: made(cycles) };
  }

  function run(stimulus: Records, results: Records, domains: readonly DomainId[]): Failure | undefined {
    const edge = edgeOf(domains);
    const { stimulusBlock, resultBlock, blockCycles } = layout;
    settled = false;
    for (let begin = 0; begin < stimulus.cycles; begin += blockCycles) {
      const cycles = Math.min(blockCycles, stimulus.cycles - begin);
      const from = begin * inputs.stride;
      bytes.set(stimulus.bytes.subarray(from, from + cycles * inputs.stride), stimulusBlock);
      const broken = edge(cycles, stimulusBlock, inputs.stride, resultBlock, outputs.stride);
      const written = broken === 0 ? cycles : made(cycles) + 1;
      const last = stimulusBlock + (written - 1) * inputs.stride;
      bytes.copyWithin(inputRecord, last, last + inputs.stride);
      const block = bytes.subarray(resultBlock, resultBlock + written * outputs.stride);
      results.bytes.set(block, begin * outputs.stride);
      if (broken !== 0) return { property: broken - 1, cycles: begin + written - 1 };
    }
    return undefined;
  }

  let latches: Program | undefined;
  function storeLatches(): void {
    latches ??= compile({ kind: 'latches' });
    latches(1, inputRecord, 0, outputRecord, 0);
  }

  function covers(): readonly number[] {
    return circuit.properties.map((_, i) => Number(values.getBigInt64(layout.covers + 8 * i, true)));
  }

  return { inputs, outputs, setInput, read, watch, step, run, storeLatches, covers };
}
