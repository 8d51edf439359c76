/** The hierarchy of a design of which only the flat netlist is left: modules are told by the dots in names, `u_core.sum`. */
import { type Hierarchy, type Instance, type NamedNet, type NamedObject, userSource } from './hierarchy.ts';
import type { NetlistModule } from './netlist.ts';

/** Names that a tool has made begin with this, or are marked as hidden. */
const madeName = /^\$/;

/** Reads the hierarchy of a flat netlist, as Yosys or nextpnr wrote it. */
export function flatHierarchy(module: NetlistModule, top: string): Hierarchy {
  const instances = new Map<string, Instance>();
  const instanceOf = (name: string): Instance => {
    const path = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    const known = instances.get(path);
    if (known !== undefined) return known;
    const depth = path === '' ? 0 : path.split('.').length;
    const instance = { path, module: path === '' ? top : path.slice(path.lastIndexOf('.') + 1), depth };
    instances.set(path, instance);
    return instance;
  };
  instanceOf('');
  const nets = new Map<string, NamedNet>();
  for (const [name, { hide_name, attributes }] of Object.entries(module.netnames)) {
    if (hide_name === 1 || madeName.test(name)) continue;
    nets.set(name, { instance: instanceOf(name), port: undefined, src: userSource(attributes.src) });
  }
  const objects = new Map<string, NamedObject>();
  for (const [name, { hide_name, attributes, type }] of Object.entries(module.cells)) {
    // The names of logic cells are made of those of their nets.
    if (hide_name === 1 || madeName.test(name) || type === 'ICESTORM_LC') continue;
    objects.set(name, { instance: instanceOf(name), src: userSource(attributes.src) });
  }
  return { top, instances: [...instances.values()], nets, objects };
}
