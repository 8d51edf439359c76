/** Verilog to a flat netlist of word-level cells, with Yosys: what a simulator of Verilog begins with. */
import type { Diagnostic } from '../diagnostic/index.ts';
import {
  badRequest,
  chooseTop,
  noSuchModule,
  toolOutputUnusable,
  verilogRefused,
  verilogWarning,
} from './diagnostics.ts';
import { withMarkedDisplays } from './display-calls.ts';
import { InsidePaths } from './inside-paths.ts';
import { nearestName } from './nearest.ts';
import { withPlainFormats } from './print-formats.ts';
import { type OnProgress, yosysProgress } from './progress.ts';
import { hasResetWatchers, withDividedBlocks } from './reset-watchers.ts';
import { type Defines, defineOptions, moduleName } from './sources.ts';
import { withMarkedTasks } from './system-tasks.ts';
import { errorsOf, type FileSet, runTool, type ToolRun, type ToolTime } from './tool.ts';
import { placeOf, warningLines } from './tool-log.ts';

/** What to read. */
export interface WordLevelRequest {
  /** All files by their paths: the Verilog, and what `include` and `$readmemh` find beside it. */
  readonly files: FileSet;
  /** The files to read, in this order; `.sv` is SystemVerilog. */
  readonly sources: readonly string[];
  /** The top module; without it the only one that no other has an instance of. */
  readonly top?: string | undefined;
  readonly defines?: Defines | undefined;
  /** Folders where `include` looks after that of the file itself. */
  readonly includeFolders?: readonly string[] | undefined;
  /** Parameters of the top module: whole numbers, literals of Verilog such as `8'h1f`, or other texts as strings. */
  readonly parameters?: Readonly<Record<string, string | number>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A design at word level. */
export interface WordLevel {
  /** The flat netlist, as Yosys wrote it. */
  readonly netlistJson: string;
  readonly top: string;
  /** What Yosys warns of (TCT-4101), with file and line where it names them. */
  readonly warnings: readonly Diagnostic[];
  /** The Verilog by path, as Yosys read it: the places in the netlist are places in it. See `markedTask`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly time: ToolTime;
}

const netlistFile = 'tercet-netlist.json';
const modulesFile = 'tercet-modules.json';
const designFile = 'tercet-design.il';

/** From a design with its hierarchy to the netlist. */
const flatten = [
  'proc',
  'flatten',
  // A write that is not enabled has an unknown address and unknown data: any will do, so no multiplexer is needed.
  'select -set written w:$*memwr$* %ci*:+$mux,$pmux',
  'opt_expr -mux_undef @written',
  // Two instances that say the same say it twice: without this one is merged into the other.
  'select -set watchers t:$print t:$check',
  'setattr -set keep 1 @watchers',
  'opt',
  'wreduce',
  'opt_clean',
  'memory -nomap -nordff -nosat',
  'opt',
  `write_json ${netlistFile}`,
];

/**
 * Reads Verilog and flattens it to cells such as `$add`, `$mux`, `$dff` and `$mem_v2`. Memories keep their ports, and
 * no flip-flop moves into one, so that each reads as it was written.
 *
 * @throws Diagnostic TCT-4014 with Yosys' own message, file and line where it refuses the Verilog, TCT-4015 for a top
 * that is not there, TCT-4016 where it is not clear which module is the top; TCT-4008 to TCT-4010 as `synthesise`.
 */
export async function readWordLevel(request: WordLevelRequest): Promise<WordLevel> {
  const { top, files, sources } = request;
  if (sources.length === 0) throw badRequest('sources', 'empty', 'the path of at least one file of Verilog');
  const texts = Object.fromEntries(
    Object.entries(files).flatMap(([path, content]) =>
      typeof content === 'string' && (sources.includes(path) || /\.s?vh?$/.test(path))
        ? [[path, withMarkedDisplays(withMarkedTasks(content))] as const]
        : [],
    ),
  );
  const read: Reading = { ...request, files: { ...files, ...texts }, paths: new InsidePaths() };
  const parameters = Object.entries(request.parameters ?? {});
  // Parameters are set before the hierarchy is built, so the top has to be known by then.
  const known = top ?? (parameters.length === 0 ? undefined : await onlyTop(read));
  const elaborate = [
    ...readScript(read),
    ...parameters.map(([name, value]) => `chparam -set ${checkedName(name)} ${literal(value)} ${known}`),
    `hierarchy -check ${known === undefined ? '-auto-top' : `-top ${moduleName(known)}`}`,
  ];
  const run = await yosys([...elaborate, ...flatten], [netlistFile, modulesFile], read);
  const netlistJson = hasResetWatchers(text(run, netlistFile))
    ? await dividedNetlist(elaborate, read)
    : text(run, netlistFile);
  const modules = modulesOf(run);
  if (known === undefined) requireOneTop(modules);
  const { paths } = read;
  const warnings = warningLines(paths.told(run.log)).flatMap(line => {
    // Who reads the netlist knows what drives a net now and then.
    if (line.includes('limited support for tri-state logic')) return [];
    const at = placeOf(line);
    return [verilogWarning(line.slice(at === undefined ? 0 : at.length + 2).replace(/^Warning: /, ''), at)];
  });
  const chosen = known ?? topsOf(modules)[0]!;
  return {
    netlistJson: withPlainFormats(paths.told(netlistJson), chosen),
    top: chosen,
    warnings,
    texts,
    time: run.time,
  };
}

/** The netlist with what is printed and checked in blocks with an asynchronous reset. */
async function dividedNetlist(elaborate: readonly string[], read: Reading): Promise<string> {
  const whole = await yosys([...elaborate, `write_rtlil ${designFile}`], [designFile], read);
  const files = { [designFile]: withDividedBlocks(text(whole, designFile)) };
  const run = await yosys([`read_rtlil ${designFile}`, ...flatten], [netlistFile], { ...read, files });
  return text(run, netlistFile);
}

/** A request under way. */
interface Reading extends WordLevelRequest {
  readonly paths: InsidePaths;
}

async function onlyTop(read: Reading): Promise<string> {
  const modules = modulesOf(await yosys(readScript(read), [modulesFile], read));
  requireOneTop(modules);
  return topsOf(modules)[0]!;
}

/** Reads the files and tells the modules and their instances. */
function readScript({ sources, defines = {}, includeFolders = [], paths }: Reading): string[] {
  const options = [...defineOptions(defines), ...includeFolders.map(folder => `-I${paths.of(folder)}`)];
  return [
    ...sources.map(path =>
      ['read_verilog', ...(path.endsWith('.sv') ? ['-sv'] : []), ...options, paths.of(path)].join(' '),
    ),
    `tee -q -o ${modulesFile} stat -json`,
  ];
}

async function yosys(
  script: readonly string[],
  outputs: readonly string[],
  { files, paths, signal, onProgress }: Reading,
): Promise<ToolRun> {
  const run = await runTool('yosys', {
    args: ['-p', script.join('; ')],
    files: paths.files(files),
    outputs,
    signal,
    onLine: line => {
      const event = onProgress === undefined ? undefined : yosysProgress(line);
      if (event !== undefined) onProgress?.(event);
    },
  });
  if (run.exitCode !== 0) throw refusal(run, files, paths);
  return run;
}

/** What Yosys says against the Verilog. */
function refusal(run: ToolRun, files: FileSet, paths: InsidePaths): Error {
  // `\name' is how Yosys writes the name of a module, a cell or a port.
  const errors = errorsOf(run).map(error => paths.told(error).replaceAll(/`\\?([^']*)'/g, "'$1'"));
  const [first = '', ...others] = errors;
  const missing = /^Module '(.+?)' not found!$/.exec(first)?.[1];
  if (missing !== undefined) {
    const modules = [...run.log.matchAll(/^Generating RTLIL representation for module `\\(.+)'\.$/gm)];
    const names = modules.map(([, name]) => name!);
    return noSuchModule(missing, names, nearestName(missing, names));
  }
  const parameter = /Can't find object for defparam `(.+)`!/.exec(first)?.[1];
  if (parameter !== undefined)
    return verilogRefused([`the top module has no parameter '${parameter}'`, ...others], undefined);
  const included = /^Can't open include file '(.+)'!/.exec(first)?.[1];
  if (included !== undefined) return verilogRefused(errors, includePlace(files, included));
  const at = placeOf(first);
  return verilogRefused([at === undefined ? first : first.slice(at.length + 2), ...others], at);
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

interface Module {
  readonly name: string;
  /** The types of its cells. */
  readonly cells: readonly string[];
}

function modulesOf(run: ToolRun): Module[] {
  const { modules } = JSON.parse(text(run, modulesFile)) as {
    readonly modules: Record<string, { readonly num_cells_by_type?: Record<string, number> }>;
  };
  return Object.entries(modules).map(([name, { num_cells_by_type: types = {} }]) => ({
    name: name.replace(/^\\/, ''),
    cells: Object.keys(types),
  }));
}

/** The modules that no other has an instance of. */
function topsOf(modules: readonly Module[]): string[] {
  const used = new Set(modules.flatMap(({ cells }) => cells));
  return modules.map(({ name }) => name).filter(name => !used.has(name));
}

function requireOneTop(modules: readonly Module[]): void {
  const tops = topsOf(modules);
  if (tops.length !== 1) throw chooseTop(tops, modules.length);
}

function checkedName(name: string): string {
  if (!/^[A-Za-z_][\w$]*$/.test(name))
    throw badRequest('parameters', `"${name}"`, 'names of parameters of the top module');
  return name;
}

/** A value as `chparam` takes it. */
function literal(value: string | number): string {
  const written = String(value);
  if (/^\d+$/.test(written) || /^\d*'[sS]?[bodhBODH][\da-fA-FxzXZ_]+$/.test(written)) return written;
  if (/^-\d+$/.test(written)) return `32'b${BigInt.asUintN(32, BigInt(written)).toString(2)}`;
  if (/["\\;\n]/.test(written)) throw badRequest('parameters', `"${written}"`, 'a text without quotes');
  return `"${written}"`;
}

function text(run: ToolRun, file: string): string {
  const bytes = run.files[file];
  if (bytes === undefined) throw toolOutputUnusable('Yosys', file);
  return new TextDecoder().decode(bytes);
}
