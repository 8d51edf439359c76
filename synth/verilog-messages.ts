import type { Diagnostic } from '../diagnostic/index.ts';
import { constantConflicts, wiresIn } from './constant-drivers.ts';
import {
  constantConflict,
  noSuchModule,
  timeIsZero,
  twoConstants,
  verilogRefused,
  verilogWarning,
} from './diagnostics.ts';
import type { InsidePaths } from './inside-paths.ts';
import { nearestName } from './nearest.ts';
import { parametersFile, parametersModule } from './parameters.ts';
import { errorsOf, type FileSet, type ToolRun } from './tool.ts';
import { placeOf, warningLines } from './tool-log.ts';

/** Why Yosys refuses Verilog. */
export function refusal(run: ToolRun, files: FileSet, paths: InsidePaths): Error {
  // `\name' is how Yosys writes the name of a module, a cell or a port.
  const errors = errorsOf(run).map(error => paths.told(error).replaceAll(/`\\?([^']*)'/g, "'$1'"));
  const [first = '', ...others] = errors;
  const missing =
    /^Module '(.+?)' not found!$/.exec(first)?.[1] ?? ofParameters(first, /is not part of the design/)?.[1];
  if (missing !== undefined) {
    const modules = [...run.log.matchAll(/^Generating RTLIL representation for module `\\(.+)'\.$/gm)];
    const names = modules.map(([, name]) => name!).filter(name => name !== parametersModule);
    return noSuchModule(missing, names, nearestName(missing, names));
  }
  const parameter = ofParameters(first, /does not have a parameter named '(.+)'/)?.[2];
  if (parameter !== undefined)
    return verilogRefused([`the top module has no parameter '${parameter}'`, ...others], undefined);
  const [, port, net] = /^Cell port \S+?\.(\S+) is driving constant bits: \\(\S+)/.exec(first) ?? [];
  if (port !== undefined) return constantConflict([`'${net}'`, `by the port '${port}'`], undefined);
  const unknown = /^Module '(.+)' referenced in module '(.+)' in cell '(.+)' is not part of the design/.exec(
    first,
  );
  if (unknown !== null) return verilogRefused(errors, instancePlace(files, unknown[1]!, unknown[3]!));
  const included = /^Can't open include file '(.+)'!/.exec(first)?.[1];
  if (included !== undefined) return verilogRefused(errors, includePlace(files, included));
  const at = placeOf(first);
  return verilogRefused([at === undefined ? first : first.slice(at.length + 2), ...others], at);
}

/** What is said of the instance that sets the parameters of the top module. */
function ofParameters(error: string, says: RegExp): RegExpExecArray | null {
  return new RegExp(`^Module '(.+)' referenced in module '${parametersModule}' .*${says.source}`).exec(error);
}

/** Where an instance stands: Yosys does not tell. */
function instancePlace(files: FileSet, module: string, cell: string): string | undefined {
  const [name, instance] = [module, cell].map(each => each.replaceAll(/[^\w]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w$])${name}(?=[\\s#(])[^;]*?(?<![\\w$])${instance}\\s*[[(]`);
  for (const [path, content] of Object.entries(files)) {
    const found = typeof content === 'string' ? pattern.exec(content) : null;
    if (found !== null) return `${path}:${found.input.slice(0, found.index).split('\n').length}`;
  }
  return undefined;
}

/** Where a file is included: Yosys does not tell. */
function includePlace(files: FileSet, included: string): string | undefined {
  for (const [path, content] of Object.entries(files)) {
    const lines = typeof content === 'string' ? content.split('\n') : [];
    const line = lines.findIndex(each => each.includes('`include') && each.includes(`"${included}"`));
    if (line >= 0) return `${path}:${line + 1}`;
  }
  return undefined;
}

/**
 * Refuses what has two drivers of which one is a constant: Yosys takes the constant, and no netlist shows the other one.
 * @param log of the whole run.
 * @param check what Yosys' `check` says before anything is optimised.
 * @param connections the wires and connections of the flat design, by `dump w:*`.
 * @throws Diagnostic TCT-4017
 */
export function requireNoConstantConflict(log: string, check: string, connections: string): void {
  const wires = wiresIn(connections);
  const place = (name: string | undefined) => wires.get(`\\${name}`)?.at;
  const nets = [...log.matchAll(/Driver-driver conflict for \\(\S+).* and constant /g)].map(
    ([, net]) => net!,
  );
  const inputs = [...check.matchAll(/^Warning: Drivers conflicting with a constant .*\n((?: {4}.*\n)+)/gm)]
    .flatMap(([, drivers]) => drivers!.trim().split(/\n\s*/))
    .map(driver => driver.replaceAll('\\', ''));
  const isInput = /^module input (.*?)(?:\[0\])?$/;
  const all = [
    ...nets.map(net => `'${net}'`),
    ...inputs.map(driver => driver.replace(isInput, "the input '$1'")),
  ];
  if (all.length > 0)
    throw constantConflict([...new Set(all)], place(nets[0] ?? isInput.exec(inputs[0]!)?.[1]));
  const [first, ...others] = constantConflicts(connections, wires);
  if (first !== undefined)
    throw twoConstants(
      [first, ...others].map(({ name }) => name),
      first.at,
    );
}

/** What Yosys warns of, with the place that it names. */
export function warningsIn(log: string): readonly Diagnostic[] {
  return warningLines(log).flatMap(line => {
    // Who reads the netlist knows what drives a net now and then.
    if (line.includes('limited support for tri-state logic')) return [];
    const at = placeOf(line);
    const text = line.slice(at === undefined ? 0 : at.length + 2).replace(/^Warning: /, '');
    if (/^Identifier `\\?\$(?:real)?time' is implicitly declared/.test(text)) return timeIsZero(at);
    // The instance that sets parameters has no place that its user knows.
    return [verilogWarning(text.replace(` (${parametersFile}:1)`, ''), at)];
  });
}
