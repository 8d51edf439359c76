/** How many blocks of each kind every module takes. */
import type { NetlistCell, NetlistModule } from './netlist.ts';
import { shared } from './ownership.ts';

/** What one module takes by itself, without the modules inside it. */
export interface ModuleResources {
  /** The module's name; for `shared`, `shared`. */
  readonly module: string;
  /** Logic cells. The sum over all modules is exactly what the device reports as used. */
  readonly lc: number;
  /** Logic cells whose LUT, flip-flop, carry is in use. One cell can count in all three. */
  readonly lut: number;
  readonly ff: number;
  readonly carry: number;
  readonly bram: number;
  readonly spram: number;
  readonly dsp: number;
  readonly io: number;
}

type Counts = { -readonly [K in keyof Omit<ModuleResources, 'module'>]: number };

const countOfType: Readonly<Record<string, keyof Counts>> = {
  ICESTORM_LC: 'lc',
  ICESTORM_RAM: 'bram',
  ICESTORM_SPRAM: 'spram',
  ICESTORM_DSP: 'dsp',
  SB_IO: 'io',
};

/**
 * Counts by module.
 * @param moduleNames the modules to list, by key, also those that came out empty; in the order of the result.
 */
export function countByModule(
  placed: NetlistModule,
  owners: ReadonlyMap<string, string>,
  moduleNames: ReadonlyMap<string, string>,
): Record<string, ModuleResources> {
  const table = new Map<string, Counts>();
  for (const key of [...moduleNames.keys(), shared]) table.set(key, emptyCounts());
  for (const [name, cell] of Object.entries(placed.cells)) {
    const kind = countOfType[cell.type];
    if (kind === undefined) continue;
    const counts = table.get(owners.get(name) ?? shared)!;
    counts[kind]++;
    if (kind !== 'lc') continue;
    if (usesLut(cell)) counts.lut++;
    if (isOn(cell, 'DFF_ENABLE')) counts.ff++;
    if (isOn(cell, 'CARRY_ENABLE')) counts.carry++;
  }
  const entries = [...table].map(([key, counts]) => [
    key,
    { module: moduleNames.get(key) ?? key, ...counts },
  ]);
  return Object.fromEntries(entries) as Record<string, ModuleResources>;
}

function emptyCounts(): Counts {
  return { lc: 0, lut: 0, ff: 0, carry: 0, bram: 0, spram: 0, dsp: 0, io: 0 };
}

function isOn(cell: NetlistCell, parameter: string): boolean {
  return Number.parseInt(cell.parameters[parameter] ?? '0', 2) === 1;
}

/** A cell that holds only a flip-flop or a carry has a LUT too, which passes I0 on (table 2) or is 0. */
function usesLut(cell: NetlistCell): boolean {
  const table = Number.parseInt(cell.parameters.LUT_INIT ?? '0', 2);
  if (table === 0 || Number.isNaN(table)) return false;
  const isConnected = (port: string): boolean => (cell.connections[port]?.length ?? 0) > 0;
  return table !== 2 || isConnected('I1') || isConnected('I2') || isConnected('I3');
}
