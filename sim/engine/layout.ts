import type { Circuit, NetId } from '../../ir/index.ts';
import { type RecordLayout, recordLayout } from '../records.ts';
import type { Format } from '../storage.ts';
import type { Form } from './form.ts';
import type { Packing } from './packs.ts';
import type { Slot } from './word.ts';

/** Where the nets lie through which the host reads or writes a memory. */
export interface Access {
  readonly kind: 'read' | 'write';
  /** The memory's place in `circuit.memories`. */
  readonly memory: number;
  /** What tells it from others: the net of a read's data, the place of a write among the memory's writes. */
  readonly key: number;
  readonly address: Slot;
  readonly data: Slot;
  /** Only of a write. */
  readonly enable?: Slot | undefined;
  readonly mask?: Slot | undefined;
}

/** The places of a net whose changes are counted. */
export interface ToggleSlots {
  /** Of its value when it was last looked at. */
  readonly last: Slot;
  /** Of the count of 64 bits. */
  readonly count: number;
}

/** A memory of the circuit. */
export interface MemorySlots extends Format {
  /** Of word 0, in bytes. */
  readonly address: number;
  /** One less than a power of two: no address leaves the memory's place, whatever is assumed of it. */
  readonly mask: number;
}

/**
 * Where everything lies in the engine's linear memory. From low to high:
 *
 *     remaining cycles | input record | output record | states | shown nets | covers | toggles | memories | blocks | temporaries
 *
 * States are registers and the data of read ports; shown nets are the others that somebody may ask for. Blocks are
 * the records of a run on their way in and out. Temporaries pass values from one function of a program to the next;
 * they begin at `end`, and each program uses them anew.
 */
export interface Layout {
  readonly inputs: RecordLayout;
  /** The place in `inputs.fields` of each input. */
  readonly inputOf: ReadonlyMap<NetId, number>;
  readonly outputs: RecordLayout;
  /** After a run that stopped early: the cycles that it did not make. */
  readonly remaining: number;
  readonly inputRecord: number;
  readonly outputRecord: number;
  readonly states: ReadonlyMap<NetId, Slot>;
  readonly shown: ReadonlyMap<NetId, Slot>;
  /** A count of 64 bits for each property. */
  readonly covers: number;
  /** Where a property is broken that stopped a run. */
  readonly broken: Slot;
  readonly toggles: ReadonlyMap<NetId, ToggleSlots>;
  /** Empty where the host has the memories. */
  readonly memories: readonly MemorySlots[];
  /** Empty where the host has no memories. */
  readonly accesses: readonly Access[];
  readonly stimulusBlock: number;
  readonly resultBlock: number;
  /** Records that a block holds. */
  readonly blockCycles: number;
  readonly end: number;
}

const vectorBytes = 16;

/** Bytes of a block: small enough to stay in a processor's cache; and the fewest cycles of one. */
const blockBytes = 65536;
const fewestCycles = 16;

/**
 * @param order decides what lies beside what.
 * @param toggled the nets whose changes are counted.
 */
export function planLayout(
  circuit: Circuit,
  form: Form,
  order: Pick<Packing, 'registers' | 'inputs'>,
  toggled: readonly NetId[],
): Layout {
  let end = 0;
  /** Room for as many bytes, at a multiple of their own number or of the largest that any instruction asks for. */
  const take = (bytes: number): number => {
    const size = bytes % vectorBytes === 0 ? vectorBytes : Math.min(8, bytes);
    const address = size * Math.ceil(end / size);
    end = address + bytes;
    return address;
  };
  const slot = (net: NetId): Slot => {
    const format = form.format(circuit.nets[net]!.interval);
    return { address: take(format.bytes), ...format };
  };

  const inputs = recordLayout(circuit, circuit.inputs, { order: order.inputs, format: form.format });
  const outputs = recordLayout(circuit, circuit.outputs, { format: form.format });
  const remaining = take(4);
  const inputRecord = take(inputs.stride);
  const outputRecord = take(outputs.stride);

  const states = new Map<NetId, Slot>();
  for (const { output } of order.registers) states.set(output, slot(output));
  for (const { output } of circuit.latches) if (!states.has(output)) states.set(output, slot(output));
  for (const { reads } of circuit.memories) for (const { data } of reads) states.set(data, slot(data));

  const shown = new Map<NetId, Slot>();
  const elsewhere = new Set([
    ...circuit.inputs.map(({ net }) => net),
    ...circuit.constants.map(({ output }) => output),
  ]);
  const asked = [...circuit.outputs, ...circuit.signals].map(({ net }) => net);
  for (const net of [...asked, ...circuit.properties.flatMap(({ subject }) => subject ?? [])])
    if (!states.has(net) && !elsewhere.has(net) && !shown.has(net)) shown.set(net, slot(net));

  const covers = take(8 * circuit.properties.length);
  const toggles = new Map(
    toggled.map((net): [NetId, ToggleSlots] => [net, { last: slot(net), count: take(8) }]),
  );
  const bit = circuit.properties[0]?.condition;
  const broken: Slot = bit === undefined ? { address: 0, bytes: 0, signed: false } : slot(bit);
  const accesses = form.hasHostMemories ? accessesOf(circuit, slot) : [];
  const ownMemories = form.hasHostMemories ? [] : circuit.memories;
  const memories = ownMemories.map(({ element, depth }) => {
    const format = form.format(element);
    const places = 2 ** Math.ceil(Math.log2(depth));
    return { address: take(format.bytes * places), ...format, mask: places - 1 };
  });

  const blockCycles = Math.max(
    fewestCycles,
    Math.floor(blockBytes / Math.max(1, inputs.stride, outputs.stride)),
  );
  const stimulusBlock = take(inputs.stride * blockCycles);
  const resultBlock = take(outputs.stride * blockCycles);
  return {
    inputs,
    inputOf: new Map(circuit.inputs.map(({ net }, i) => [net, i])),
    outputs,
    remaining,
    inputRecord,
    outputRecord,
    states,
    shown,
    covers,
    toggles,
    broken,
    memories,
    accesses,
    stimulusBlock,
    resultBlock,
    blockCycles,
    // A vector that is loaded for some of its bytes may reach beyond the last value.
    end: end + 16,
  };
}

function accessesOf(circuit: Circuit, slot: (net: NetId) => Slot): Access[] {
  const read = (memory: number, address: NetId, data: NetId): Access => ({
    kind: 'read',
    memory,
    key: data,
    address: slot(address),
    data: slot(data),
  });
  const ports = circuit.memories.flatMap(({ reads, writes }, memory) => [
    ...reads.map(({ address, data }) => read(memory, address, data)),
    ...writes.map(
      ({ address, enable, data, mask }, key): Access => ({
        kind: 'write',
        memory,
        key,
        address: slot(address),
        enable: slot(enable),
        data: slot(data),
        mask: mask === undefined ? undefined : slot(mask),
      }),
    ),
  ]);
  return [
    ...ports,
    ...circuit.lookups.map(({ memory, operands, output }) => read(memory, operands[0], output)),
  ];
}

/** Whether these registers or inputs lie side by side, in this order and in the same format. */
export function areNeighbours(
  { states, inputs, inputOf }: Layout,
  nets: readonly NetId[],
  place: 'state' | 'input',
): boolean {
  const placeOf = (net: NetId): Format & { readonly at: number } => {
    if (place === 'state') {
      const slot = states.get(net)!;
      return { ...slot, at: slot.address };
    }
    const field = inputs.fields[inputOf.get(net)!]!;
    return { ...field, at: field.offset };
  };
  const first = placeOf(nets[0]!);
  return nets.every((net, i) => {
    const { at, bytes, signed } = placeOf(net);
    return bytes === first.bytes && signed === first.signed && at === first.at + i * bytes;
  });
}
