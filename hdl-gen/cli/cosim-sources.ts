import { readFileSync } from 'node:fs';
import { ice40ModelsOf } from '../../synth/index.ts';
import type { Design } from '../lang/index.ts';
import { cannotRead, foreignMissing } from './diagnostics.ts';

/** Cells of the device, whose models come with Yosys. */
export const isDeviceCell = (name: string): boolean => name.startsWith('SB_');

/** The cells of the device that a design places by itself. */
export function deviceCells({ modules }: Design): string[] {
  return modules.flatMap(({ foreign }) => foreign?.name ?? []).filter(isDeviceCell);
}

/** Models of these cells, by file name. */
export function deviceModels(design: Design): Record<string, string> {
  const cells = deviceCells(design);
  return cells.length === 0 ? {} : { 'ice40_cells_sim.v': ice40ModelsOf(cells) };
}

/**
 * The Verilog of a design's foreign modules, by path.
 *
 * @param option the paths, with commas between.
 * @throws Diagnostic TCT-6031 for a file that cannot be read, TCT-6032 for a module that is in none of them.
 */
export function foreignVerilog(design: Design, option: string | undefined): Record<string, string> {
  const paths = (option ?? '').split(',').filter(path => path !== '');
  const sources = Object.fromEntries(paths.map(path => [path, read(path)]));
  const texts = Object.values(sources);
  const missing = design.modules.flatMap(({ foreign }) => {
    if (foreign === undefined || isDeviceCell(foreign.name)) return [];
    const declaration = new RegExp(`\\bmodule\\s+${foreign.name}\\b`);
    return texts.some(text => declaration.test(text)) ? [] : [foreign.name];
  });
  if (missing.length > 0) throw foreignMissing([...new Set(missing)]);
  return sources;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}
