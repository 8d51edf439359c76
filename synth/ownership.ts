/**
 * Which module each placed cell belongs to.
 *
 * A cell belongs to the deepest module that names the net it drives (or that names the cell itself: memories and
 * primitives that a person instantiated). A cell without such a name belongs to the module of what it feeds, through
 * as many other nameless cells as there are; if it feeds several modules, or nothing, it is `shared`.
 */
import type { Hierarchy } from './hierarchy.ts';
import { type NetOwner, withoutBuffers } from './net-names.ts';
import type { NetlistCell, NetlistModule } from './netlist.ts';

/** The name under which cells that belong to no single module are counted. */
export const shared = 'shared';

/** The key of an instance: the top's name, and for the rest the path below it, `top.u_row0`. */
export function moduleKey(hierarchy: Hierarchy, path: string): string {
  return path === '' ? hierarchy.top : `${hierarchy.top}.${path}`;
}

/** The module key of every cell, by cell name. */
export function ownersOfCells(
  module: NetlistModule,
  netOwners: ReadonlyMap<string, NetOwner>,
  hierarchy: Hierarchy,
): Map<string, string> {
  const pathOfBit = new Map<number, string>();
  for (const [name, { bits }] of Object.entries(module.netnames)) {
    const owner = netOwners.get(withoutBuffers(name));
    if (owner !== undefined && typeof bits[0] === 'number') pathOfBit.set(bits[0], owner.instance.path);
  }

  const owner = new Map<string, string>();
  const driverOf = new Map<number, string>();
  for (const [name, cell] of Object.entries(module.cells)) {
    for (const bit of connected(cell, 'output')) driverOf.set(bit, name);
    const path = pathOfName(name, hierarchy) ?? pathOfOutputs(cell, pathOfBit);
    if (path !== undefined) owner.set(name, moduleKey(hierarchy, path));
  }
  spreadBackwards(module, owner, driverOf);
  for (const name of Object.keys(module.cells)) if (!owner.has(name)) owner.set(name, shared);
  return owner;
}

/** What the author calls the memory or primitive that a cell is of: `u_mem.store.0.0_RAM` is of `u_mem.store`. */
export function objectOfCell(name: string, { objects }: Hierarchy): string | undefined {
  const plain = name.replace(/_(?:RAM|DSP|PLL|OSC|LC|DFFLC)$/, '').replace(/\$sb_io$/, '');
  return [plain, plain.replace(/\.\d+\.\d+$/, '')].find(each => objects.has(each));
}

/** The path of the instance that holds a memory or a primitive. */
function pathOfName(name: string, hierarchy: Hierarchy): string | undefined {
  const object = objectOfCell(name, hierarchy);
  if (object !== undefined) return hierarchy.objects.get(object)!.instance.path;
  return name.endsWith('$sb_io') ? '' : undefined; // pads that nextpnr adds belong to the top
}

function pathOfOutputs(cell: NetlistCell, pathOfBit: ReadonlyMap<number, string>): string | undefined {
  for (const bit of connected(cell, 'output')) {
    const path = pathOfBit.get(bit);
    if (path !== undefined) return path;
  }
  return undefined;
}

/**
 * Gives cells without an owner the owner of what they feed. Values only ever go from nothing to an owner to `shared`,
 * so the order does not matter and loops end.
 */
function spreadBackwards(
  module: NetlistModule,
  owner: Map<string, string>,
  driverOf: ReadonlyMap<number, string>,
): void {
  const fixed = new Set(owner.keys());
  const waiting = [...fixed];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const mine = owner.get(name)!;
    for (const bit of connected(module.cells[name]!, 'input')) {
      const driver = driverOf.get(bit);
      if (driver === undefined || fixed.has(driver)) continue;
      const before = owner.get(driver);
      const after = before === undefined || before === mine ? mine : shared;
      if (after === before) continue;
      owner.set(driver, after);
      waiting.push(driver);
    }
  }
}

function* connected(cell: NetlistCell, direction: 'input' | 'output'): Generator<number> {
  for (const [port, bits] of Object.entries(cell.connections)) {
    if ((cell.port_directions?.[port] === 'output') !== (direction === 'output')) continue;
    for (const bit of bits) if (typeof bit === 'number') yield bit;
  }
}
