/**
 * The modules of a design as its author wrote them: the tree of instances, and every name given by a person with the
 * place that it has in that tree.
 *
 * It is read from the netlist before flattening. Names in the flat netlist cannot be trusted by themselves: Yosys
 * names what has no name after its neighbours (`u_mem.we_SB_LUT4_I1_O` may well be a LUT of another module).
 */
import type { Netlist } from './netlist.ts';

/** One instance of a module; the path of the top is ''. */
export interface Instance {
  readonly path: string;
  /** The module's name, without the parameters that Yosys puts into it. */
  readonly module: string;
  /** 0 for the top. */
  readonly depth: number;
}

/** A net that a person named. */
export interface NamedNet {
  readonly instance: Instance;
  /** The direction, for a port. Of an `input`, something outside the instance is the driver. */
  readonly port: 'input' | 'output' | 'inout' | undefined;
  /** The source line: of the `src` attribute, if the Verilog has one, else of the Verilog itself. */
  readonly src: string | undefined;
}

/** A memory, or a cell that a person instantiated. */
export interface NamedObject {
  readonly instance: Instance;
  /** As that of a net. */
  readonly src: string | undefined;
}

export interface Hierarchy {
  /** The name of the top module. */
  readonly top: string;
  readonly instances: readonly Instance[];
  /** Named nets by their name in the flat netlist, such as `u_row0.acc`. */
  readonly nets: ReadonlyMap<string, NamedNet>;
  /** Memories and cells that a person instantiated, by their name in the flat netlist. */
  readonly objects: ReadonlyMap<string, NamedObject>;
}

/** Walks the instances of a netlist that is not flat. */
export function readHierarchy(netlist: Netlist, top: string): Hierarchy {
  const instances: Instance[] = [];
  const nets = new Map<string, NamedNet>();
  const objects = new Map<string, NamedObject>();
  const walk = (type: string, path: string, depth: number): void => {
    const module = netlist.modules[type];
    if (module === undefined) return;
    const instance: Instance = { path, module: module.attributes.hdlname ?? type, depth };
    instances.push(instance);
    const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
    for (const [name, net] of Object.entries(module.netnames)) {
      if (net.hide_name === 1) continue;
      const port = module.ports[name]?.direction;
      nets.set(inside(name), { instance, port, src: userSource(net.attributes.src) });
    }
    for (const [name, { attributes }] of Object.entries(module.memories ?? {}))
      objects.set(inside(name), { instance, src: userSource(attributes.src) });
    for (const [name, cell] of Object.entries(module.cells)) {
      if (cell.type in netlist.modules) walk(cell.type, inside(name), depth + 1);
      else if (cell.hide_name === 0)
        objects.set(inside(name), { instance, src: userSource(cell.attributes.src) });
    }
  };
  walk(top, '', 0);
  return { top, instances, nets, objects };
}

/** The first of the places in a `src` attribute that is not in Yosys' own library. */
export function userSource(src: string | undefined): string | undefined {
  return src?.split('|').find(place => place !== '' && !place.startsWith('/share/'));
}
