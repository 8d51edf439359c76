import { type Circuit, type NetId, operationNamed } from '../../ir/index.ts';
import { type Backend, type BackendOptions, nearestToZero, type Watch } from '../backend.ts';
import { powerUp } from '../power-up.ts';
import { readValue, writeParts, writeValue } from '../storage.ts';
import type { Surroundings } from './coder.ts';
import { Core, orderedSteps, placesIn } from './core.ts';
import { scalarForm } from './form.ts';
import { areNeighbours, planLayout } from './layout.ts';
import { packingOf, packsOf, tuplesOf } from './packs.ts';
import { ScalarCoder } from './scalar-coder.ts';
import type { OperationLookup } from './values.ts';
import type { Slot } from './word.ts';

export interface EngineOptions extends BackendOptions {
  /** The table of operations, where it is not that of `ir`. */
  readonly operation?: OperationLookup;
}

/** The compiled engine: the circuit becomes WebAssembly, with the loop over the cycles inside. */
export function createEngine(
  circuit: Circuit,
  { seed, operation = operationNamed, toggled = [] }: EngineOptions,
): Backend {
  const steps = orderedSteps(circuit);
  const packing = packingOf(circuit, steps, operation);
  const layout = planLayout(circuit, scalarForm, packing, toggled);
  const neighbours = (nets: readonly NetId[], place: 'state' | 'input') => areNeighbours(layout, nets, place);
  const packs = packsOf(packing, tuplesOf(circuit, steps, neighbours, operation));
  // Measured: from 1,000 to 20,000 it makes little difference.
  const style = {
    form: scalarForm,
    coder: (surroundings: Surroundings) => new ScalarCoder(surroundings),
    chunkCost: 3000,
  };
  const core = new Core({ circuit, steps, style, layout, packs, operation }, () => {});

  const { inputs, outputs, inputRecord, states, shown, memories } = layout;
  const constants = new Map(circuit.constants.map(({ output, value }) => [output, value]));
  const places = placesIn(circuit, layout);
  const put = (slot: Slot, value: bigint) => writeValue(core.view, slot.address, slot, value);

  for (const { net } of circuit.inputs) put(places.get(net)!, nearestToZero(circuit.nets[net]!.interval));
  for (const { output, initial } of [...circuit.registers, ...circuit.latches])
    put(states.get(output)!, initial);
  const contents = powerUp(circuit, seed);
  circuit.memories.forEach(({ reads, depth }, m) => {
    const { address, ...format } = memories[m]!;
    const parts = contents.parts(m);
    if (parts !== undefined) writeParts(core.view, address, format, parts, depth);
    else
      contents.words[m]!.forEach((value, i) => {
        put({ address: address + format.bytes * i, ...format }, value);
      });
    reads.forEach(({ data }, port) => {
      put(states.get(data)!, contents.readData[m]![port]!);
    });
  });

  function setInput(index: number, value: bigint): void {
    const field = inputs.fields[index]!;
    writeValue(core.view, inputRecord + field.offset, field, value);
    core.touch();
  }

  function read(net: NetId): bigint {
    const constant = constants.get(net);
    if (constant !== undefined) return constant;
    const place = places.get(net);
    if (place === undefined)
      throw new Error(`internal error: '${circuit.nets[net]!.name}' is not a net that is shown`);
    if (shown.has(net)) core.settle(net);
    return readValue(core.view, place.address, place);
  }

  function watch(nets: readonly NetId[]): Watch {
    const last = nets.map(net => (places.has(net) ? new Uint8Array(places.get(net)!.bytes) : undefined));
    const computed = nets.filter(net => shown.has(net));
    let isFirst = true;
    return {
      changes(visit) {
        for (const net of computed) core.settle(net);
        const { bytes } = core;
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

  return {
    inputs,
    outputs,
    setInput,
    read,
    watch,
    step: (cycles, domains) => core.step(cycles, domains),
    run: (stimulus, results, domains) => core.run(stimulus.bytes, results.bytes, stimulus.cycles, domains),
    storeLatches: () => core.storeLatches(),
    covers: () => core.covers(),
    toggles: () => core.toggles(),
  };
}
