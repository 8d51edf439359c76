import { bit, type Cell, type Circuit, type Net, type NetId } from '../../ir/index.ts';
import type { NetBit } from '../netlist/index.ts';

/** A bit of a circuit that is to become an input of its own. */
export interface ForcedBit {
  /** The name of the input. */
  readonly name: string;
  readonly place: NetBit;
}

/**
 * Makes bits of a circuit inputs. What drives them still runs, and drives a net that only the other bits of the same
 * net read.
 */
export function withForced(circuit: Circuit, forced: readonly ForcedBit[]): Circuit {
  const nets: Net[] = [...circuit.nets];
  const cells: Cell[] = [];
  const inputs = [...circuit.inputs];
  /** What takes the place of a net where it is driven. */
  const driven = new Map<NetId, NetId>();
  const input = ({ name }: ForcedBit, net = nets.push({ interval: bit, name, source: '' }) - 1): NetId => {
    inputs.push({ name, net });
    return net;
  };
  for (const net of new Set(forced.map(({ place }) => place.net))) {
    const { interval } = nets[net]!;
    const bits = forced.filter(({ place }) => place.net === net);
    const aside = nets.push({ ...nets[net]!, name: `${nets[net]!.name} unforced` }) - 1;
    driven.set(net, aside);
    if (interval.width === 1) {
      input(bits[0]!, net);
      continue;
    }
    const operands = Array.from({ length: interval.width }, (_, index) => {
      const one = bits.find(({ place }) => place.index === index);
      if (one !== undefined) return input(one);
      const output = nets.push({ interval: bit, name: `${nets[net]!.name}[${index}]`, source: '' }) - 1;
      cells.push({ operation: 'slice', parameters: { low: index, width: 1 }, operands: [aside], output });
      return output;
    });
    cells.push({ operation: 'concat', parameters: { widths: operands.map(() => 1) }, operands, output: net });
  }
  const moved = <T extends { readonly output: NetId }>(list: readonly T[]): T[] =>
    list.map(each => ({ ...each, output: driven.get(each.output) ?? each.output }));
  return {
    ...circuit,
    nets,
    inputs: inputs.map((port, i) =>
      i < circuit.inputs.length ? { ...port, net: driven.get(port.net) ?? port.net } : port,
    ),
    constants: moved(circuit.constants),
    cells: [...moved(circuit.cells), ...cells],
    lookups: moved(circuit.lookups),
    registers: moved(circuit.registers),
    latches: moved(circuit.latches),
    memories: circuit.memories.map(memory => ({
      ...memory,
      reads: memory.reads.map(read => ({ ...read, data: driven.get(read.data) ?? read.data })),
    })),
  };
}
