/** What the author of a design calls each net of the flat netlist, and which module it belongs to. */
import type { Hierarchy, Instance } from './hierarchy.ts';
import { bitNames, type Netlist, type NetlistModule } from './netlist.ts';

/** A net's name in the author's words. */
export interface NetOwner {
  /** The name with its path and index, such as `u_row0.acc[3]`. */
  readonly name: string;
  /** The instance that drives it. */
  readonly instance: Instance;
  readonly src: string | undefined;
}

/**
 * For each name that a net of the flat netlist goes by: what its author calls it. Nets without an author's name are
 * left out.
 *
 * A net has many names: one in each module that it passes through. It belongs to the deepest of them, except that an
 * instance which has it as an input cannot be the one that drives it. Where one module has several names for it, a
 * name inside says more than that of a port.
 */
export function readNetOwners(netlist: Netlist, hierarchy: Hierarchy): ReadonlyMap<string, NetOwner> {
  const flat = netlist.modules[hierarchy.top];
  const candidates = new Map<number, Candidate[]>();
  const notDriving = new Map<number, Set<Instance>>();
  const bitOfName = new Map<string, number>();
  for (const [name, net] of Object.entries(flat?.netnames ?? {})) {
    const named = hierarchy.nets.get(name);
    const names = bitNames(name, net);
    net.bits.forEach((bit, index) => {
      if (typeof bit !== 'number') return;
      bitOfName.set(names[index]!, bit);
      if (named === undefined) return;
      const { instance, src } = named;
      const isPort = named.port !== undefined;
      if (named.port === 'input' && instance.depth > 0)
        listOf(notDriving, bit, () => new Set<Instance>()).add(instance);
      listOf(candidates, bit, () => [] as Candidate[]).push({
        owner: { name: names[index]!, instance, src },
        isPort,
      });
    });
  }
  const owners = new Map<string, NetOwner>();
  for (const [name, bit] of bitOfName) {
    const owner = deepest(candidates.get(bit) ?? [], notDriving.get(bit));
    if (owner !== undefined) owners.set(name, owner);
  }
  return owners;
}

/** The number of the net that each name of a flat module stands for; names of constants are left out. */
export function bitsOfNames({ netnames }: NetlistModule): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [name, net] of Object.entries(netnames)) {
    const names = bitNames(name, net);
    net.bits.forEach((bit, index) => {
      if (typeof bit === 'number') found.set(names[index]!, bit);
    });
  }
  return found;
}

function listOf<T>(map: Map<number, T>, key: number, make: () => T): T {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

interface Candidate {
  readonly owner: NetOwner;
  readonly isPort: boolean;
}

function deepest(
  candidates: readonly Candidate[],
  notDriving: ReadonlySet<Instance> | undefined,
): NetOwner | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    const { instance } = candidate.owner;
    if (notDriving?.has(instance)) continue;
    const deeper = instance.depth - (best?.owner.instance.depth ?? -1);
    if (deeper > 0 || (deeper === 0 && best?.isPort && !candidate.isPort)) best = candidate;
  }
  return best?.owner;
}

/** The name that a net has before nextpnr puts a pad or a global buffer into it. */
export function withoutBuffers(net: string): string {
  return net.replace(/_?\$glb_(?:clk|ce|sr)$/, '').replace(/\$SB_IO_(?:IN|OUT)$/, '');
}
