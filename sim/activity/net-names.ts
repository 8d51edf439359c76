import { type NetlistBit, readModule } from '../netlist/index.ts';
import { plain } from './vcd-header.ts';

/** A net of one bit with all its names, the first one to show. */
export interface NamedNet {
  /** Its number in the netlist. */
  readonly bit: number;
  /** With dots between the levels and the index in brackets: `core.sum[3]`. */
  readonly names: readonly string[];
}

/**
 * The nets of a netlist that something in it drives or an input gives, and all their names. What Yosys and nextpnr call
 * `sum[0]` where `sum` has one bit is `sum` here too.
 *
 * @param json what Yosys' `write_json` or nextpnr's `--write` wrote.
 * @param top the top module; without it the one that is marked as such, or the only one.
 * @throws Diagnostic TCT-3201 to TCT-3203 as `netlistCircuit`.
 */
export function namedNets(json: string, top?: string): NamedNet[] {
  const { netnames, cells, ports, isPlaced } = readModule(json, top);
  const driven = new Set<NetlistBit>();
  for (const { connections, port_directions = {} } of Object.values(cells))
    for (const [port, bits] of Object.entries(connections))
      if (port_directions[port] !== 'input') for (const bit of bits) driven.add(bit);
  for (const { direction, bits } of Object.values(ports))
    for (const bit of bits) {
      // nextpnr has a net of its own for what lies outside of a pad.
      if (isPlaced) driven.delete(bit);
      else if (direction !== 'output') driven.add(bit);
    }
  const names = new Map<number, string[]>();
  const add = (bit: NetlistBit, name: string): void => {
    if (typeof bit !== 'number' || !driven.has(bit)) return;
    const known = names.get(bit);
    if (known === undefined) names.set(bit, [name]);
    else known.push(name);
  };
  for (const [name, { bits, offset = 0, upto }] of Object.entries(netnames)) {
    const base = plain(name);
    bits.forEach((bit, i) => {
      const index = offset + (upto === 1 ? bits.length - 1 - i : i);
      add(bit, bits.length === 1 && offset === 0 ? base : `${base}[${index}]`);
    });
  }
  return [...names].map(([bit, all]) => ({ bit, names: all }));
}
