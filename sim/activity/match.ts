import { type Coverage, noSuchScope, tooFewMatched } from './diagnostics.ts';
import type { NamedNet } from './net-names.ts';
import type { VcdHeader, VcdVariable } from './vcd-header.ts';

/** A net, and the bit of a VCD file that shows it. */
export interface MatchedBit {
  /** The place of the net in the list. */
  readonly net: number;
  readonly variable: VcdVariable;
  /** The place of the bit in the variable, the lowest first. */
  readonly bit: number;
}

/** Which bits of a VCD file are which nets. */
export interface Match {
  /** The scope that is the top of the netlist, with dots; '' for the file itself. */
  readonly scope: string;
  readonly bits: readonly MatchedBit[];
  /** Bits below that scope that are no net of the netlist. */
  readonly strangers: number;
  readonly coverage: Coverage;
}

export interface MatchOptions {
  /** The scope that is the top of the netlist; without it the one that has most of the nets. */
  readonly scope?: string | undefined;
  /** The share of nets that have to be there, from 0 to 1. */
  readonly leastShare: number;
}

/**
 * Finds the nets of a netlist in a VCD file, below any test bench.
 * @throws Diagnostic TCT-3604 for a scope that is not there, TCT-3605 where too few nets are.
 */
export function match(header: VcdHeader, nets: readonly NamedNet[], options: MatchOptions): Match {
  const placesOf = new Map<string, number[]>();
  nets.forEach(({ names }, place) => {
    for (const name of new Set(names)) placesOf.set(name, [...(placesOf.get(name) ?? []), place]);
  });
  const known = [...new Set(header.scopes)];
  const wanted = options.scope?.replaceAll('/', '.');
  if (wanted !== undefined && wanted !== '' && !known.includes(wanted)) throw noSuchScope(wanted, known);
  const scope = wanted ?? bestScope(header.variables, placesOf);
  const found: MatchedBit[] = [];
  const matched = new Set<number>();
  let strangers = 0;
  for (const variable of header.variables) {
    const inside = below(variable.scopes, scope);
    if (inside === undefined) continue;
    const prefix = inside.map(each => `${each}.`).join('');
    variable.bits.forEach((name, i) => {
      const places = lookUp(placesOf, prefix + name);
      if (places.length === 0) strangers++;
      for (const net of places) {
        // A net that several variables show is counted from the first.
        if (matched.has(net)) continue;
        matched.add(net);
        found.push({ net, variable, bit: variable.bits.length - 1 - i });
      }
    });
  }
  const coverage = {
    matched: matched.size,
    nets: nets.length,
    missing: nets.filter((_, place) => !matched.has(place)).map(({ name }) => name),
  };
  if (matched.size === 0 || matched.size < options.leastShare * nets.length)
    throw tooFewMatched(coverage, options.leastShare, scope, known);
  return { scope, bits: found, strangers, coverage };
}

/** The scope below which most nets are; of several the outermost. */
function bestScope(variables: readonly VcdVariable[], placesOf: Places): string {
  const votes = new Map<string, Set<number>>();
  for (const { scopes, bits } of variables)
    for (let depth = 0; depth <= scopes.length; depth++) {
      const prefix = scopes
        .slice(depth)
        .map(each => `${each}.`)
        .join('');
      for (const bit of bits) {
        const places = lookUp(placesOf, prefix + bit);
        if (places.length === 0) continue;
        const scope = scopes.slice(0, depth).join('.');
        if (!votes.has(scope)) votes.set(scope, new Set());
        for (const place of places) votes.get(scope)!.add(place);
      }
    }
  let best = '';
  for (const [scope, { size }] of votes) {
    const most = votes.get(best)?.size ?? 0;
    if (size > most || (size === most && scope.length < best.length)) best = scope;
  }
  return best;
}

/** The nets of a name: before and behind a global buffer they have the same. */
type Places = ReadonlyMap<string, readonly number[]>;

/** A vector of one bit is written with an index or without. */
function lookUp(placesOf: Places, name: string): readonly number[] {
  return placesOf.get(name) ?? (name.endsWith('[0]') ? placesOf.get(name.slice(0, -3)) : undefined) ?? [];
}

/** The scopes from another one down; undefined for what lies outside of it. */
function below(scopes: readonly string[], scope: string): readonly string[] | undefined {
  if (scope === '') return scopes;
  for (let depth = 1; depth <= scopes.length; depth++)
    if (scopes.slice(0, depth).join('.') === scope) return scopes.slice(depth);
  return undefined;
}
