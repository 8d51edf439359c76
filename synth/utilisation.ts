/** nextpnr's counts of used blocks, from its report or, when it gives up, from its log. */
import type { Device } from './devices.ts';
import type { ResourceKind, ResourceTable, ResourceUse } from './diagnostics.ts';

const kindOfBel: Readonly<Record<string, ResourceKind>> = {
  ICESTORM_LC: 'lc',
  ICESTORM_RAM: 'bram',
  ICESTORM_SPRAM: 'spram',
  ICESTORM_DSP: 'dsp',
  SB_IO: 'io',
  ICESTORM_PLL: 'pll',
  SB_GB: 'globals',
};

/**
 * The table of a report's `utilization`; what a device lacks has 0 available.
 * @param pins how many pins the package has: nextpnr counts those of the die, which are more.
 */
export function resourcesOf(
  utilization: Readonly<Record<string, ResourceUse>>,
  pins: number | undefined,
): ResourceTable {
  const table = Object.fromEntries(
    Object.values(kindOfBel).map(kind => [kind, { used: 0, available: 0 }]),
  ) as Record<ResourceKind, ResourceUse>;
  for (const [bel, { used, available }] of Object.entries(utilization)) {
    const kind = kindOfBel[bel];
    if (kind !== undefined) table[kind] = { used, available };
  }
  if (pins !== undefined) table.io = { ...table.io, available: pins };
  return table;
}

/**
 * What a design needs that nextpnr gave up on. Its log has lines such as `Info:   ICESTORM_LC:   519/  1280  40%`,
 * unless it ended before them, and only for blocks that the device has; what is missing is counted in the netlist.
 */
export function resourcesNeeded(
  log: string,
  netlistJson: string,
  device: Device,
  packageName: string,
): ResourceTable {
  const utilization: Record<string, ResourceUse> = {};
  for (const [, bel, used, available] of log.matchAll(/^Info:\s+([A-Z_]+):\s*(\d+)\/\s*(\d+)\s/gm)) {
    utilization[bel!] = { used: Number(used), available: Number(available) };
  }
  const table = { ...resourcesOf(utilization, device.pins[packageName]) };
  const counted = countBlocks(netlistJson);
  for (const kind of ['lc', 'bram', 'spram', 'dsp', 'pll'] as const) {
    if (table[kind].available === 0) table[kind] = { used: counted[kind], available: device[kind] };
  }
  return table;
}

/** Blocks in Yosys' netlist. A logic cell holds a LUT and a flip-flop, so their greater number is the least needed. */
function countBlocks(netlistJson: string): Record<'lc' | 'bram' | 'spram' | 'dsp' | 'pll', number> {
  const counts = { lut: 0, ff: 0, bram: 0, spram: 0, dsp: 0, pll: 0 };
  for (const [, type] of netlistJson.matchAll(/"type": "(SB_\w+)"/g)) {
    if (type === 'SB_LUT4') counts.lut++;
    else if (type!.startsWith('SB_DFF')) counts.ff++;
    else if (type!.startsWith('SB_RAM40_4K')) counts.bram++;
    else if (type === 'SB_SPRAM256KA') counts.spram++;
    else if (type === 'SB_MAC16') counts.dsp++;
    else if (type!.startsWith('SB_PLL40')) counts.pll++;
  }
  const { lut, ff, ...blocks } = counts;
  return { lc: Math.max(lut, ff), ...blocks };
}
