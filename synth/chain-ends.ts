import type { Netlist, NetlistBit, NetlistCell, NetlistModule } from './netlist.ts';

/*
 * The last cell of a carry chain whose carry out is kept in a flip-flop. A carry leaves its chain through the LUT above its
 * last cell. Yosys gives the carry to the flip-flop directly; then nextpnr makes a cell of the flip-flop alone, and another
 * one for that LUT, with a way through the fabric between them. Here the netlist gets the LUT, and both are one cell.
 */

/** A netlist of iCE40 cells in which a carry that goes to a flip-flop alone does so through a LUT. */
export function withPackedEnds(netlist: Netlist): Netlist {
  const modules = Object.entries(netlist.modules).map(([name, module]) => [name, packed(module)] as const);
  return { ...netlist, modules: Object.fromEntries(modules) };
}

/** The table of a LUT that hands on I3, where a carry comes in. */
const handsOnI3 = '1111111100000000';

function packed(module: NetlistModule): NetlistModule {
  const carries = new Map<NetlistBit, string>();
  for (const [name, cell] of Object.entries(module.cells))
    if (cell.type === 'SB_CARRY') carries.set(cell.connections.CO![0]!, name);
  const readers = countReaders(module);
  let free = firstFreeBit(module);
  const changed: Record<string, NetlistCell> = {};
  for (const [name, cell] of Object.entries(module.cells)) {
    if (!cell.type.startsWith('SB_DFF')) continue;
    const bit = cell.connections.D![0]!;
    const carry = carries.get(bit);
    if (carry === undefined || readers.get(bit) !== 1) continue;
    // The net between LUT and flip-flop keeps its name, the one out of the chain is new.
    const last = module.cells[carry]!;
    changed[carry] = { ...last, connections: { ...last.connections, CO: [free] } };
    changed[`${name}_D_from_carry`] = lut(free, bit, cell);
    free++;
  }
  return { ...module, cells: { ...module.cells, ...changed } };
}

function lut(carry: NetlistBit, output: NetlistBit, { attributes }: NetlistCell): NetlistCell {
  return {
    hide_name: 1,
    type: 'SB_LUT4',
    parameters: { LUT_INIT: handsOnI3 },
    attributes,
    port_directions: { I0: 'input', I1: 'input', I2: 'input', I3: 'input', O: 'output' },
    connections: { I0: ['0'], I1: ['0'], I2: ['0'], I3: [carry], O: [output] },
  };
}

/** By how many inputs of cells and ports each net is read. */
function countReaders({ cells, ports }: NetlistModule): ReadonlyMap<NetlistBit, number> {
  const counts = new Map<NetlistBit, number>();
  const count = (bits: readonly NetlistBit[]): void => {
    for (const bit of bits) counts.set(bit, (counts.get(bit) ?? 0) + 1);
  };
  for (const { port_directions: directions, connections } of Object.values(cells))
    for (const [port, bits] of Object.entries(connections)) if (directions?.[port] !== 'output') count(bits);
  for (const { direction, bits } of Object.values(ports)) if (direction !== 'input') count(bits);
  return counts;
}

/** The number of a net that is not there yet; the names also know nets that no cell has. */
function firstFreeBit({ cells, ports, netnames }: NetlistModule): number {
  let highest = 0;
  const look = (bits: readonly NetlistBit[]): void => {
    for (const bit of bits) if (typeof bit === 'number' && bit > highest) highest = bit;
  };
  for (const { connections } of Object.values(cells)) Object.values(connections).forEach(look);
  for (const { bits } of Object.values(ports)) look(bits);
  for (const { bits } of Object.values(netnames)) look(bits);
  return highest + 1;
}
