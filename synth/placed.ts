/** A placed and routed design as data: cells, nets, delays, wires and modules. Energy and timing are worked out from it. */
import type { Device } from './devices.ts';
import { flatHierarchy } from './flat-hierarchy.ts';
import type { Hierarchy } from './hierarchy.ts';
import { bitsOfNames, readNetOwners, withoutBuffers } from './net-names.ts';
import { type Netlist, type NetlistModule, parseNetlist } from './netlist.ts';
import { ownersOfCells } from './ownership.ts';
import { type CellDelay, parseSdf, type Sdf } from './sdf.ts';
import { countWires, type WireCounts } from './wires.ts';

/** One block of the device in use. */
export interface PlacedCell {
  readonly name: string;
  /** nextpnr's type: `ICESTORM_LC`, `ICESTORM_RAM`, `ICESTORM_SPRAM`, `ICESTORM_DSP`, `SB_IO`, `SB_GB` … */
  readonly type: string;
  /** Its place as nextpnr writes it: `X2/Y8/lc1`. */
  readonly bel: string;
  /** The module it belongs to, a key of `resources.byModule`. */
  readonly module: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The nets at its ports, as indices into `nets`; ports without a net are left out. */
  readonly ports: Readonly<Record<string, number>>;
  readonly delays: readonly CellDelay[];
}

/** A place where a net is read. */
export interface PlacedSink {
  /** Index into `cells`. */
  readonly cell: number;
  readonly port: string;
  /** Delay from the driver to here, in ps; 0 where nextpnr states none. */
  readonly delayPs: number;
}

export interface PlacedNet {
  /** nextpnr's own name. */
  readonly netName: string;
  /** The author's name if there is one, else nextpnr's. */
  readonly name: string;
  /** Whether `name` is the author's. */
  readonly named: boolean;
  /** The author's source line, such as `mac.ts:12`. */
  readonly src: string | undefined;
  readonly driver: { readonly cell: number; readonly port: string } | undefined;
  readonly sinks: readonly PlacedSink[];
  /** How many wires of each kind carry it. */
  readonly wires: WireCounts;
}

/** A design after place and route. */
export interface PlacedDesign {
  readonly device: Device;
  readonly package: string;
  readonly top: string;
  readonly cells: readonly PlacedCell[];
  readonly nets: readonly PlacedNet[];
  /** Index into `nets` by every name that a net has in Yosys' netlist: it has one in each module that it passes. */
  readonly netOfName: ReadonlyMap<string, number>;
}

/** What a placed design is read from. */
export interface PlacedSources {
  readonly device: Device;
  readonly package: string;
  readonly hierarchy: Hierarchy;
  /** Yosys' flat netlist. */
  readonly netlist: Netlist;
  readonly placedJson: string;
  readonly sdf: string;
}

/** Reads a placed design. It takes about a second for a full HX8K, so it is done only when asked for. */
export function readPlacedDesign(sources: PlacedSources): PlacedDesign {
  const { device, hierarchy } = sources;
  const module = placedModule(sources.placedJson);
  const netOwners = readNetOwners(sources.netlist, hierarchy);
  const modules = ownersOfCells(module, netOwners, hierarchy);
  const sdf = parseSdf(sources.sdf);

  // What lies between a pad and the world outside is no net of the chip.
  const pads = new Set(Object.values(module.ports).flatMap(port => port.bits));
  const nets: (PlacedNet & { driver: PlacedNet['driver']; sinks: PlacedSink[] })[] = [];
  const netOfBit = new Map<number, number>();
  for (const [name, { bits, attributes }] of Object.entries(module.netnames)) {
    const bit = bits[0];
    if (typeof bit !== 'number' || pads.has(bit)) continue;
    const owner = netOwners.get(withoutBuffers(name));
    netOfBit.set(bit, nets.length);
    nets.push({
      netName: name,
      name: owner?.name ?? name,
      named: owner !== undefined,
      src: owner?.src,
      driver: undefined,
      sinks: [],
      wires: countWires(attributes.ROUTING ?? ''),
    });
  }

  const cells = Object.entries(module.cells).map(([name, cell], index): PlacedCell => {
    const ports: Record<string, number> = {};
    for (const [port, [bit]] of Object.entries(cell.connections)) {
      const net = typeof bit === 'number' ? netOfBit.get(bit) : undefined;
      if (net === undefined) continue;
      ports[port] = net;
      if (cell.port_directions?.[port] === 'output') nets[net]!.driver = { cell: index, port };
      else nets[net]!.sinks.push({ cell: index, port, delayPs: wireDelay(sdf, name, port) });
    }
    return {
      name,
      type: cell.type,
      bel: cell.attributes.NEXTPNR_BEL ?? '',
      module: modules.get(name)!,
      parameters: cell.parameters,
      ports,
      delays: sdf.cells.get(name) ?? [],
    };
  });
  const netOfName = indicesByName(sources.netlist.modules[hierarchy.top], nets);
  return { device, package: sources.package, top: hierarchy.top, cells, nets, netOfName };
}

function indicesByName(flat: NetlistModule | undefined, nets: readonly PlacedNet[]): Map<string, number> {
  if (flat === undefined) return new Map();
  const bits = bitsOfNames(flat);
  const indexOfBit = new Map<number, number>();
  for (const [index, { netName }] of nets.entries()) {
    const bit = bits.get(withoutBuffers(netName));
    // What is behind a pad or a global buffer has the same name, but is not what the author named.
    if (bit !== undefined && (bits.has(netName) || !indexOfBit.has(bit))) indexOfBit.set(bit, index);
  }
  const found = new Map<string, number>();
  for (const [name, bit] of bits) {
    const index = indexOfBit.get(bit);
    if (index !== undefined) found.set(name, index);
  }
  return found;
}

/**
 * Reads what nextpnr wrote for any design, `--write` and `--sdf`. Modules are told by the dots in the names of their nets.
 * @throws Diagnostic TCT-4011 if the text is no netlist.
 */
export function readPlacedFiles(
  placedJson: string,
  sdf: string,
  device: Device,
  packageName: string = device.defaultPackage,
): PlacedDesign {
  const netlist = parseNetlist(placedJson, 'nextpnr');
  const [top = '', module = placedModule(placedJson)] = Object.entries(netlist.modules)[0] ?? [];
  const hierarchy = flatHierarchy(module, top);
  return readPlacedDesign({ device, package: packageName, hierarchy, netlist, placedJson, sdf });
}

function wireDelay(sdf: Sdf, cell: string, port: string): number {
  return sdf.wires.get(`${cell}/${port}`) ?? 0;
}

/** The one module of nextpnr's netlist. */
export function placedModule(placedJson: string): NetlistModule {
  const [module] = Object.values(parseNetlist(placedJson, 'nextpnr').modules);
  return module ?? { attributes: {}, ports: {}, cells: {}, netnames: {} };
}
