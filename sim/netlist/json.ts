import type { Diagnostic } from '../../diagnostic/index.ts';
import { ambiguousTop, noSuchTop, notANetlist, notFlattened } from './diagnostics.ts';
import { joinVectors } from './placed-names.ts';

/*
 * The JSON that Yosys and nextpnr write. It is checked by hand and in place, not with a schema: a netlist has a
 * million values, and a copy of them takes longer than all the rest.
 */

/** A net of one bit by its number within the module, or a constant. */
export type NetlistBit = number | '0' | '1' | 'x' | 'z';

/** Texts of binary digits, or plain text; whole numbers in some versions. */
export type NetlistValues = Readonly<Record<string, string | number>>;

export interface NetlistCellData {
  readonly type: string;
  readonly parameters?: NetlistValues;
  readonly attributes?: NetlistValues;
  readonly port_directions?: Readonly<Record<string, string>>;
  readonly connections: Readonly<Record<string, readonly NetlistBit[]>>;
}

export interface NetlistPort {
  readonly direction: 'input' | 'output' | 'inout';
  readonly bits: readonly NetlistBit[];
  readonly signed?: number;
}

/** A name of a vector of nets. */
export interface NetlistName {
  readonly bits: readonly NetlistBit[];
  /** 1 for names that a tool has made. */
  readonly hide_name?: number;
  /** The lowest index, where that is not 0. */
  readonly offset?: number;
  /** 1 if the indices fall with the bits. */
  readonly upto?: number;
  readonly signed?: number;
  readonly attributes?: NetlistValues;
}

/** One module of a netlist. */
export interface NetlistModule {
  readonly name: string;
  /** Whether nextpnr wrote it: then wires that are no wires of the chip's fabric are left out. */
  readonly isPlaced: boolean;
  /** The device that nextpnr placed it on, as nextpnr names it. */
  readonly device?: string | undefined;
  readonly ports: Readonly<Record<string, NetlistPort>>;
  readonly cells: Readonly<Record<string, NetlistCellData>>;
  readonly netnames: Readonly<Record<string, NetlistName>>;
}

/**
 * Reads the top module of a netlist in the JSON of Yosys or nextpnr.
 *
 * @param top its name; without it the module that has the attribute `top`, or the only one.
 * @throws Diagnostic TCT-3201 if the text is no netlist, TCT-3202 for a top that is not there or cannot be told,
 * TCT-3203 if a cell is a module of the same file.
 */
export function readModule(text: string, top?: string): NetlistModule {
  const { creator, modules: all } = tableAt(parsed(text), 'the file');
  const modules = tableAt(all, 'modules');
  const own = Object.keys(modules).filter(name => !isBlackBox(modules[name], name));
  const name = top ?? topOf(modules, own);
  if (!own.includes(name)) throw noSuchTop(name, own);
  const isPlaced = /nextpnr|place and route/i.test(String(creator));
  const module = moduleOf(tableAt(modules[name], 'the module', name), name, isPlaced);
  const ownTypes = new Set(own);
  const instances = Object.entries(module.cells)
    .filter(([, { type }]) => ownTypes.has(type))
    .map(([instance, { type }]) => [instance, type] as const);
  if (instances.length > 0) throw notFlattened(name, instances);
  return module;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notANetlist(`it is no JSON: ${(error as Error).message}`);
  }
}

function topOf(modules: Table, own: readonly string[]): string {
  const marked = own.filter(name => isSet(modules[name], 'top', name));
  const found = marked.length > 0 ? marked : own;
  if (found.length !== 1) throw ambiguousTop(found);
  return found[0]!;
}

function isBlackBox(module: unknown, name: string): boolean {
  return isSet(module, 'blackbox', name) || isSet(module, 'whitebox', name);
}

function isSet(module: unknown, attribute: string, name: string): boolean {
  const { attributes } = tableAt(module, 'the module', name);
  const value = attributes === undefined ? undefined : tableAt(attributes, 'attributes')[attribute];
  return value !== undefined && /[1-9]/.test(String(value));
}

function moduleOf(
  { ports = {}, cells = {}, netnames = {}, settings = {} }: Table,
  name: string,
  isPlaced: boolean,
): NetlistModule {
  const found = {
    ports: tableAt(ports, 'ports'),
    cells: tableAt(cells, 'cells'),
    netnames: tableAt(netnames, 'netnames'),
  };
  for (const port in found.ports) checkPort(tableAt(found.ports[port], 'the port', port), port);
  for (const cell in found.cells) checkCell(tableAt(found.cells[cell], 'the cell', cell), cell);
  for (const net in found.netnames) checkNamed(tableAt(found.netnames[net], 'the net', net), net);
  const device = tableAt(settings, 'settings')['arch.type'];
  const module = { name, isPlaced, device, ...found } as unknown as NetlistModule;
  return isPlaced ? { ...module, netnames: joinVectors(module.netnames) } : module;
}

function checkPort({ direction, bits }: Table, name: string): void {
  if (direction !== 'input' && direction !== 'output' && direction !== 'inout')
    throw notANetlist(`the port '${name}' has no direction`);
  if (!areBits(bits)) throw noBits(`the port '${name}'`);
}

function checkCell({ type, parameters, attributes, connections }: Table, name: string): void {
  if (typeof type !== 'string') throw notANetlist(`the cell '${name}' has no type`);
  const ports = tableAt(connections, 'the connections of the cell', name);
  for (const port in ports)
    if (!areBits(ports[port])) throw noBits(`the port '${port}' of the cell '${name}'`);
  checkValues(parameters, 'the parameters of the cell', name);
  checkValues(attributes, 'the attributes of the cell', name);
}

function checkNamed({ bits, attributes }: Table, name: string): void {
  if (!areBits(bits)) throw noBits(`the net '${name}'`);
  checkValues(attributes, 'the attributes of the net', name);
}

function checkValues(values: unknown, of: string, owner: string): void {
  if (values === undefined) return;
  const table = tableAt(values, of, owner);
  for (const name in table) {
    const value = table[name];
    if (typeof value !== 'string' && !Number.isSafeInteger(value))
      throw notANetlist(`'${name}' among ${of} '${owner}' is neither a text nor a whole number`);
  }
}

function noBits(where: string): Diagnostic {
  return notANetlist(`${where} has no list of bits, which are numbers, '0', '1', 'x' or 'z'`);
}

function areBits(bits: unknown): bits is NetlistBit[] {
  if (!Array.isArray(bits)) return false;
  for (const bit of bits) {
    if (typeof bit === 'number') {
      if (!Number.isSafeInteger(bit) || bit < 0) return false;
    } else if (bit !== '0' && bit !== '1' && bit !== 'x' && bit !== 'z') return false;
  }
  return true;
}

type Table = Readonly<Record<string, unknown>>;

/** @param what the value is, and what it is called. */
function tableAt(value: unknown, what: string, name?: string): Table {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notANetlist(`${what}${name === undefined ? '' : ` '${name}'`} should be an object`);
  return value as Table;
}
