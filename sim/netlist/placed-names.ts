import type { NetlistName } from './json.ts';

type Names = Readonly<Record<string, NetlistName>>;

/** Names that nextpnr makes of others for the nets before and behind pads and global buffers. */
const made = /\$SB_IO_(IN|OUT)|\$glb_(clk|ce|sr)$/;

/**
 * nextpnr names each bit of a vector apart, `sum[0]`, `sum[1]` …: this puts them together again where all are there.
 * What nextpnr itself has named becomes a hidden name.
 */
export function joinVectors(names: Names): Names {
  const joined = new Map<string, NetlistName>();
  const vectors = new Map<string, Map<number, string>>();
  for (const [name, net] of Object.entries(names)) {
    joined.set(name, made.test(name) ? { ...net, hide_name: 1 } : net);
    const [, base, index] = /^(.+)\[(\d+)\]$/.exec(name) ?? [];
    if (base === undefined || Object.hasOwn(names, base)) continue;
    if (net.bits.length !== 1 || net.hide_name === 1 || made.test(name)) continue;
    const places = vectors.get(base) ?? new Map<number, string>();
    vectors.set(base, places.set(Number(index), name));
  }
  for (const [base, places] of vectors) {
    const parts = Array.from({ length: places.size }, (_, i) => places.get(i));
    if (parts.length === 1 || !parts.every(part => part !== undefined)) continue;
    for (const part of parts) joined.delete(part);
    joined.set(base, { ...names[parts[0]!]!, bits: parts.map(part => names[part]!.bits[0]!) });
  }
  return Object.fromEntries(joined);
}
