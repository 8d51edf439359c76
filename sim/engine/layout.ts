import type { Circuit, NetId } from '../../ir/index.ts';
import { type RecordLayout, recordLayout } from '../records.ts';
import { type Format, formatOf } from '../storage.ts';
import type { Packing } from './packs.ts';
import type { Slot } from './word.ts';

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
 *     remaining cycles | input record | output record | states | shown nets | covers | memories | blocks | temporaries
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
  readonly memories: readonly MemorySlots[];
  readonly stimulusBlock: number;
  readonly resultBlock: number;
  /** Records that a block holds. */
  readonly blockCycles: number;
  readonly end: number;
}

/** Bytes of a block: small enough to stay in a processor's cache. */
const blockBytes = 65536;

/** @param packing decides what lies beside what. */
export function planLayout(circuit: Circuit, packing: Packing): Layout {
  let end = 0;
  /** Room for as many bytes, at a multiple of 8 or of their own number. */
  const take = (bytes: number): number => {
    const size = Math.max(1, Math.min(8, bytes));
    const address = size * Math.ceil(end / size);
    end = address + bytes;
    return address;
  };
  const slot = (net: NetId): Slot => {
    const format = formatOf(circuit.nets[net]!.interval);
    return { address: take(format.bytes), ...format };
  };

  const inputs = recordLayout(circuit, circuit.inputs, packing.inputs);
  const outputs = recordLayout(circuit, circuit.outputs);
  const remaining = take(4);
  const inputRecord = take(inputs.stride);
  const outputRecord = take(outputs.stride);

  const states = new Map<NetId, Slot>();
  for (const { output } of packing.registers) states.set(output, slot(output));
  for (const { output } of circuit.latches) if (!states.has(output)) states.set(output, slot(output));
  for (const { reads } of circuit.memories) for (const { data } of reads) states.set(data, slot(data));

  const shown = new Map<NetId, Slot>();
  const elsewhere = new Set([
    ...circuit.inputs.map(({ net }) => net),
    ...circuit.constants.map(({ output }) => output),
  ]);
  const asked = [...circuit.outputs, ...circuit.signals].map(({ net }) => net);
  for (const net of [...asked, ...circuit.properties.map(({ subject }) => subject)])
    if (!states.has(net) && !elsewhere.has(net) && !shown.has(net)) shown.set(net, slot(net));

  const covers = take(8 * circuit.properties.length);
  const memories = circuit.memories.map(({ element, depth }) => {
    const format = formatOf(element);
    const places = 2 ** Math.ceil(Math.log2(depth));
    return { address: take(format.bytes * places), ...format, mask: places - 1 };
  });

  const blockCycles = Math.max(1, Math.floor(blockBytes / Math.max(1, inputs.stride, outputs.stride)));
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
    memories,
    stimulusBlock,
    resultBlock,
    blockCycles,
    end,
  };
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
