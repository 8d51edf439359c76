import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The table that the project's own coefficients come from. */
export const usualTable = fileURLToPath(new URL('../../energy/calibration/up5k.csv', import.meta.url));

/** A design whose current was measured. */
export interface MeasuredRow {
  readonly name: string;
  /** Its Verilog with that of all modules beside it, by file name. */
  readonly files: Readonly<Record<string, string>>;
  readonly top: string;
  readonly clockMHz: number;
  /** Current of the core's supply. */
  readonly coreUa: number;
}

const columns = ['name', 'file', 'top', 'parameters', 'clock_mhz', 'core_ua'];

/** Modules that several designs use. */
const shared = ['all_pins.v'];

/**
 * Reads a table of measured currents: lines of six columns with commas between, and comments behind '#'. Files are found beside
 * the table. Parameters, `BITS=28;DSP=1`, become the defaults of the top module.
 */
export function readRows(path: string): MeasuredRow[] {
  const [head, ...lines] = readFileSync(path, 'utf8')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  if (head !== columns.join(',')) throw new Error(`'${path}' should begin with '${columns.join(',')}'`);
  return lines.map(line => {
    const cells = line.split(',');
    if (cells.length !== columns.length)
      throw new Error(`'${path}': '${line}' has ${cells.length} columns in place of ${columns.length}`);
    const [name, file, top, parameters, clock, current] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const [clockMHz, coreUa] = [Number(clock), Number(current)];
    if (!(clockMHz >= 0 && coreUa > 0)) throw new Error(`'${path}': '${line}' has no clock or no current`);
    const read = (each: string): string => readBeside(path, each);
    const own = withParameters(read(file), top, parameters);
    const others = shared.filter(each => own.includes(each.replace('.v', ' ')));
    return {
      ...{ name, top, clockMHz, coreUa },
      files: { ...Object.fromEntries(others.map(each => [each, read(each)])), [file]: own },
    };
  });
}

/** A file beside a table, or one of ours. */
function readBeside(table: string, name: string): string {
  const [own, ours] = [table, usualTable].map(each => resolve(dirname(each), name));
  const path = [own!, ours!].find(existsSync);
  if (path === undefined) throw new Error(`'${table}': there is no '${name}' beside it`);
  return readFileSync(path, 'utf8');
}

function withParameters(verilog: string, top: string, parameters: string): string {
  let text = verilog;
  for (const pair of parameters.split(';').filter(each => each !== '')) {
    const [name, value] = pair.split('=');
    const replaced = text.replace(new RegExp(`(parameter ${name} = )[^,)]+`), `$1${value}`);
    if (replaced === text && !text.includes(`parameter ${name} = ${value}`))
      throw new Error(`'${top}' has no parameter '${name}'`);
    text = replaced;
  }
  return text;
}
