import { type Circuit, type DomainId, evaluationOrder, type NetId, operationNamed } from '../../ir/index.ts';
import { type Backend, type BackendOptions, type Failure, nearestToZero, type Watch } from '../backend.ts';
import { combinationalLoop } from '../diagnostics.ts';
import { powerUp } from '../power-up.ts';
import type { Records } from '../records.ts';
import { readWords, writeWords } from '../words.ts';
import { planLayout, type Slot } from './layout.ts';
import { compileProgram, type Program } from './program.ts';
import type { OperationLookup } from './values.ts';
import { pageBytes, wasm } from './wasm.ts';

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
  if (order.cells === undefined) throw combinationalLoop(circuit, order.loop);
  const cells = order.cells;
  const layout = planLayout(circuit);
  const { inputs, outputs, inputRecord, outputRecord, states, shown, memories } = layout;
  const memory = new wasm.Memory({ initial: Math.ceil(layout.end / pageBytes) });
  const constants = new Map(circuit.constants.map(({ output, value }) => [output, value]));
  const places = new Map<NetId, Slot>([...states, ...shown]);
  circuit.inputs.forEach(({ net }, i) => {
    const { offset, words } = inputs.fields[i]!;
    places.set(net, { address: inputRecord + 4 * offset, words });
  });

  // A view of a memory ends when the memory grows, which it does when a program is compiled.
  let view = new Int32Array(memory.buffer);
  const buffer = (): Int32Array => {
    if (view.buffer !== memory.buffer) view = new Int32Array(memory.buffer);
    return view;
  };
  const put = ({ address, words }: Slot, value: bigint) => writeWords(buffer(), address / 4, words, value);

  for (const { net } of circuit.inputs) put(places.get(net)!, nearestToZero(circuit.nets[net]!.interval));
  for (const { output, initial } of circuit.registers) put(states.get(output)!, initial);
  const contents = powerUp(circuit, seed);
  circuit.memories.forEach(({ reads }, m) => {
    const { address, words } = memories[m]!;
    contents.words[m]!.forEach((value, i) => {
      put({ address: address + 4 * words * i, words }, value);
    });
    reads.forEach(({ data }, port) => {
      put(states.get(data)!, contents.readData[m]![port]!);
    });
  });

  const compile = (goal: Parameters<typeof compileProgram>[3]) =>
    compileProgram(circuit, cells, layout, goal, memory, operation);
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
    const { offset, words } = inputs.fields[index]!;
    writeWords(buffer(), inputRecord / 4 + offset, words, value);
    settled = false;
  }

  function read(net: NetId): bigint {
    const constant = constants.get(net);
    if (constant !== undefined) return constant;
    const place = places.get(net);
    if (place === undefined)
      throw new Error(`internal error: '${circuit.nets[net]!.name}' is not a net that is shown`);
    if (shown.has(net)) settle(net);
    return readWords(buffer(), place.address / 4, place.words);
  }

  function watch(nets: readonly NetId[]): Watch {
    const last = nets.map(net => (places.has(net) ? new Int32Array(places.get(net)!.words) : undefined));
    const computed = nets.filter(net => shown.has(net));
    let isFirst = true;
    return {
      changes(visit) {
        for (const net of computed) settle(net);
        const now = buffer();
        nets.forEach((net, i) => {
          const place = places.get(net);
          const before = last[i];
          let differs = isFirst;
          if (place !== undefined && before !== undefined) {
            for (let word = 0; word < place.words; word++) {
              const value = now[place.address / 4 + word]!;
              differs ||= value !== before[word];
              before[word] = value;
            }
          }
          if (differs) visit(i, read(net));
        });
        isFirst = false;
      },
    };
  }

  /** How many of `cycles` cycles were made before a property was broken. */
  const made = (cycles: number) => cycles - buffer()[layout.remaining / 4]!;

  function step(cycles: number, domains: readonly DomainId[]): Failure | undefined {
    const broken = edgeOf(domains)(cycles, inputRecord, 0, outputRecord, 0);
    settled = false;
    return broken === 0 ? undefined : { property: broken - 1, cycles: made(cycles) };
  }

  function run(stimulus: Records, results: Records, domains: readonly DomainId[]): Failure | undefined {
    const edge = edgeOf(domains);
    const { stimulusBlock, resultBlock, blockCycles } = layout;
    const now = buffer();
    settled = false;
    for (let begin = 0; begin < stimulus.cycles; begin += blockCycles) {
      const cycles = Math.min(blockCycles, stimulus.cycles - begin);
      const from = begin * inputs.stride;
      now.set(stimulus.words.subarray(from, from + cycles * inputs.stride), stimulusBlock / 4);
      const broken = edge(cycles, stimulusBlock, 4 * inputs.stride, resultBlock, 4 * outputs.stride);
      const written = broken === 0 ? cycles : made(cycles) + 1;
      const last = stimulusBlock / 4 + (written - 1) * inputs.stride;
      now.copyWithin(inputRecord / 4, last, last + inputs.stride);
      const block = resultBlock / 4;
      results.words.set(now.subarray(block, block + written * outputs.stride), begin * outputs.stride);
      if (broken !== 0) return { property: broken - 1, cycles: begin + written - 1 };
    }
    return undefined;
  }

  function covers(): readonly number[] {
    return circuit.properties.map((_, i) => Number(readWords(buffer(), layout.covers / 4 + 2 * i, 2)));
  }

  return { setInput, read, watch, step, run, covers };
}
