import { noTimeScale, notAVcd, truncatedVcd } from './diagnostics.ts';

/** A variable of a VCD file. */
export interface VcdVariable {
  /** The short code under which its changes are written. */
  readonly code: string;
  /** The scopes around it, the outermost first. */
  readonly scopes: readonly string[];
  /** The names of its bits, the highest first, as changes are written; without scopes. */
  readonly bits: readonly string[];
}

/** What stands before the changes. */
export interface VcdHeader {
  /** A unit of time, in ps. */
  readonly unitPs: number;
  /** Without those that have no bits, such as reals. */
  readonly variables: readonly VcdVariable[];
  /** The codes of those. */
  readonly others: readonly string[];
  /** All scopes, as paths with dots. */
  readonly scopes: readonly string[];
}

/** Where the header ends. */
export const headerEnd = '$enddefinitions';

const units: Readonly<Record<string, number>> = { s: 1e12, ms: 1e9, us: 1e6, ns: 1e3, ps: 1, fs: 1e-3 };
const withoutBits = new Set(['real', 'realtime', 'string', 'shortreal']);

/**
 * Reads the declarations of a VCD file (IEEE 1364-2005, clause 18).
 * @throws Diagnostic TCT-3601 if these are none, TCT-3602 if they break off, TCT-3603 without a time scale.
 */
export function readVcdHeader(text: string): VcdHeader {
  const words = text.split(/\s+/);
  const variables: VcdVariable[] = [];
  const others: string[] = [];
  const scopes: string[] = [];
  const open: string[] = [];
  let unitPs: number | undefined;
  for (let at = 0; at < words.length; at++) {
    const keyword = words[at]!;
    if (keyword === '') continue;
    if (!keyword.startsWith('$')) throw notAVcd(`'${keyword.slice(0, 40)}' is no declaration`);
    const end = words.indexOf('$end', at + 1);
    if (end < 0) throw truncatedVcd(`within '${keyword.slice(0, 40)}'`);
    const parts = words.slice(at + 1, end);
    at = end;
    if (keyword === '$timescale') unitPs = timeUnit(parts.join(''));
    else if (keyword === '$scope') {
      open.push(plain(parts[1] ?? ''));
      scopes.push(open.join('.'));
    } else if (keyword === '$upscope') open.pop();
    else if (keyword === '$var') {
      const [type = '', width = '', code = ''] = parts;
      if (withoutBits.has(type)) others.push(code);
      else variables.push({ code, scopes: [...open], bits: bitNames(parts.slice(3), Number(width)) });
    }
  }
  if (unitPs === undefined) throw noTimeScale();
  return { unitPs, variables, others, scopes };
}

function timeUnit(text: string): number {
  const [, number, unit] = /^(1|10|100)(s|ms|us|ns|ps|fs)$/.exec(text) ?? [];
  if (number === undefined) throw notAVcd(`'${text}' is no time scale`);
  return Number(number) * units[unit!]!;
}

/** @param reference the name, and in a word of its own or not what it selects: `sum [7:0]`, `sum[7:0]`, `sum [3]`. */
function bitNames(reference: readonly string[], width: number): string[] {
  if (!Number.isInteger(width) || width < 1)
    throw notAVcd(`the variable '${reference.join(' ')}' has no width`);
  const name = plain(reference.join(''));
  const [, base, high, low] = /^(.*)\[(-?\d+):(-?\d+)\]$/.exec(name) ?? [];
  if (base === undefined) {
    if (width === 1) return [name];
    return Array.from({ length: width }, (_, i) => `${name}[${width - 1 - i}]`);
  }
  const step = Number(high) >= Number(low) ? -1 : 1;
  return Array.from({ length: width }, (_, i) => `${base}[${Number(high) + step * i}]`);
}

/** A name as netlists have it: without the backslash of an escaped one, and with dots between levels. */
export function plain(name: string): string {
  return (name.startsWith('\\') ? name.slice(1) : name).replaceAll('/', '.');
}
