/** The JSON netlists that Yosys and nextpnr write, as far as they are read here. */
import { toolOutputUnusable } from './diagnostics.ts';

/** A net's number within its module, or a constant. */
export type NetlistBit = number | '0' | '1' | 'x' | 'z';

export interface NetlistCell {
  readonly type: string;
  readonly hide_name?: 0 | 1;
  readonly parameters: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly port_directions?: Readonly<Record<string, 'input' | 'output' | 'inout'>>;
  readonly connections: Readonly<Record<string, readonly NetlistBit[]>>;
}

export interface NetlistName {
  readonly hide_name: 0 | 1;
  readonly bits: readonly NetlistBit[];
  /** The index of the first bit, where it is not 0. */
  readonly offset?: number;
  /** 1 if the indices of the bits fall. */
  readonly upto?: 0 | 1;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface NetlistModule {
  readonly attributes: Readonly<Record<string, string>>;
  readonly ports: Readonly<
    Record<string, { direction: 'input' | 'output' | 'inout'; bits: readonly NetlistBit[] }>
  >;
  readonly cells: Readonly<Record<string, NetlistCell>>;
  readonly memories?: Readonly<Record<string, { readonly attributes: Readonly<Record<string, string>> }>>;
  readonly netnames: Readonly<Record<string, NetlistName>>;
}

export interface Netlist {
  readonly creator: string;
  readonly modules: Readonly<Record<string, NetlistModule>>;
}

/**
 * Reads a netlist.
 * @throws Diagnostic TCT-4011 if the text is no netlist.
 */
export function parseNetlist(text: string, writtenBy: string): Netlist {
  try {
    const netlist = JSON.parse(text) as Netlist;
    if (typeof netlist.modules === 'object') return netlist;
  } catch {
    // A text that is no JSON is as unusable as one that is no netlist.
  }
  throw toolOutputUnusable(writtenBy, 'netlist');
}

/**
 * The names of a vector's bits, first bit first, as nextpnr writes them: `a` for a single bit, else `a[0]`, `a[1]` …
 */
export function bitNames(name: string, net: NetlistName): string[] {
  const width = net.bits.length;
  const offset = net.offset ?? 0;
  if (width === 1 && offset === 0) return [name];
  return net.bits.map((_, bit) => `${name}[${offset + (net.upto === 1 ? width - 1 - bit : bit)}]`);
}
