import { type NetlistBit, readModule } from '../netlist/index.ts';
import { plain } from './vcd-header.ts';

/** A net of one bit with all its names. */
export interface NamedNet {
  /** Its number in the netlist. */
  readonly bit: number;
  /** The first name that the netlist has for it. */
  readonly name: string;
  /** All names, with dots between the levels and the index in brackets: `core.sum[3]`. */
  readonly names: readonly string[];
}

/** What nextpnr puts behind the name of a net that it leads through a global buffer, or through a pad. */
const buffered = /_?\$glb_(?:clk|ce|sr)$/;
const padded = /\$SB_IO_(?:IN|OUT)$/;

/** What nextpnr calls the nets of constants. */
const isConstant = /^\$PACKER_(?:GND|VCC)_NET$/;

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
  /** The net inside of a pad or behind a global buffer has the values of the one that it is called after. */
  const namesOf = (name: string): string[] => {
    const without = isPlaced ? name.replace(buffered, '').replace(padded, '') : name;
    return without === name ? [plain(name)] : [plain(name), plain(without)];
  };
  const nets = new Map<number, { bit: number; name: string; names: string[] }>();
  for (const [base, { bits, offset = 0, upto }] of Object.entries(netnames))
    bits.forEach((bit, i) => {
      if (typeof bit !== 'number' || !driven.has(bit) || (isPlaced && isConstant.test(base))) return;
      const index = offset + (upto === 1 ? bits.length - 1 - i : i);
      const name = bits.length === 1 && offset === 0 ? base : `${base}[${index}]`;
      const known = nets.get(bit);
      if (known === undefined) nets.set(bit, { bit, name, names: namesOf(name) });
      else known.names.push(...namesOf(name));
    });
  return [...nets.values()];
}

/**
 * Gives nets of a placed netlist the other names that they have in the netlist that was placed: nextpnr keeps one.
 */
export function withNamesOf(nets: readonly NamedNet[], others: readonly NamedNet[]): NamedNet[] {
  const byName = new Map(others.flatMap(other => other.names.map(name => [name, other.names] as const)));
  return nets.map(net => {
    const names = net.names.flatMap(name => byName.get(name) ?? []);
    return { ...net, names: [...new Set([...net.names, ...names])] };
  });
}
