/** Verilog to a flat netlist of word-level cells, with Yosys: what a simulator of Verilog begins with. */
import { badRequest, chooseTop, noSuchModule, toolOutputUnusable, verilogRefused } from './diagnostics.ts';
import { nearestName } from './nearest.ts';
import { type OnProgress, yosysProgress } from './progress.ts';
import { type Defines, defineOptions } from './sources.ts';
import { errorsOf, type FileSet, runTool, type ToolRun, type ToolTime } from './tool.ts';
import { placeOf, warningLines } from './tool-log.ts';

/** What to read. */
export interface WordLevelRequest {
  /** All files by path, relative and without `..`: the Verilog, and what `include` and `$readmemh` find beside it. */
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
  /** What Yosys warns of, with file and line where it names them. */
  readonly warnings: readonly string[];
  readonly time: ToolTime;
}

const netlistFile = 'tercet-netlist.json';
const modulesFile = 'tercet-modules.json';

/**
 * Reads Verilog and flattens it to cells such as `$add`, `$mux`, `$dff` and `$mem_v2`. Memories keep their ports, and
 * no flip-flop moves into one, so that each reads as it was written.
 *
 * @throws Diagnostic TCT-4014 with Yosys' own message, file and line where it refuses the Verilog, TCT-4015 for a top
 * that is not there, TCT-4016 where it is not clear which module is the top; TCT-4008 to TCT-4010 as `synthesise`.
 */
export async function readWordLevel(request: WordLevelRequest): Promise<WordLevel> {
  const { top } = request;
  if (request.sources.length === 0)
    throw badRequest('sources', 'empty', 'the path of at least one file of Verilog');
  const parameters = Object.entries(request.parameters ?? {});
  // Parameters are set before the hierarchy is built, so the top has to be known by then.
  const known = top ?? (parameters.length === 0 ? undefined : await onlyTop(request));
  const script = [
    ...readScript(request),
    ...parameters.map(([name, value]) => `chparam -set ${checkedName(name)} ${literal(value)} ${known}`),
    `hierarchy -check ${known === undefined ? '-auto-top' : `-top ${checkedTop(known)}`}`,
    'proc',
    'flatten',
    // A write that is not enabled has an unknown address and unknown data: any will do, so no multiplexer is needed.
    'select -set written w:$*memwr$* %ci*:+$mux,$pmux',
    'opt_expr -mux_undef @written',
    'opt',
    'wreduce',
    'opt_clean',
    'memory -nomap -nordff -nosat',
    'opt',
    `write_json ${netlistFile}`,
  ];
  const run = await yosys(script, [netlistFile, modulesFile], request);
  const modules = modulesOf(run);
  if (known === undefined) requireOneTop(modules);
  const warnings = warningLines(renamed(run.log)).filter(
    line => !/^Warning: Yosys has only limited support/.test(line),
  );
  return {
    netlistJson: renamed(text(run, netlistFile)),
    top: known ?? topsOf(modules)[0]!,
    warnings,
    time: run.time,
  };
}

async function onlyTop(request: WordLevelRequest): Promise<string> {
  const modules = modulesOf(await yosys(readScript(request), [modulesFile], request));
  requireOneTop(modules);
  return topsOf(modules)[0]!;
}

/** Reads the files and tells the modules and their instances. */
function readScript({ sources, defines = {}, includeFolders = [] }: WordLevelRequest): string[] {
  const options = [...defineOptions(defines), ...includeFolders.map(folder => `-I${named(folder)}`)];
  return [
    ...sources.map(path =>
      ['read_verilog', ...(path.endsWith('.sv') ? ['-sv'] : []), ...options, named(path)].join(' '),
    ),
    `tee -q -o ${modulesFile} stat -json`,
  ];
}

// Yosys divides its commands at spaces and semicolons, and has no place for spaces in the names that it makes of paths.
const stands = { ' ': '\u2420', ';': '\u037e' } as const;

/** The name of a file or folder for Yosys. */
function named(path: string): string {
  return path.replaceAll(/[ ;]/g, sign => stands[sign as keyof typeof stands]);
}

/** What Yosys says, with the names as they were given. */
function renamed(text: string): string {
  return Object.entries(stands).reduce((all, [sign, stand]) => all.replaceAll(stand, sign), text);
}

async function yosys(
  script: readonly string[],
  outputs: readonly string[],
  { files, signal, onProgress }: WordLevelRequest,
): Promise<ToolRun> {
  const run = await runTool('yosys', {
    args: ['-p', script.join('; ')],
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [named(path), content])),
    outputs,
    signal,
    onLine: line => {
      const event = onProgress === undefined ? undefined : yosysProgress(line);
      if (event !== undefined) onProgress?.(event);
    },
  });
  if (run.exitCode !== 0) throw refusal(run);
  return run;
}

/** What Yosys says against the Verilog. */
function refusal(run: ToolRun): Error {
  // `\name' is how Yosys writes the name of a module, a cell or a port.
  const errors = errorsOf(run).map(error => renamed(error).replaceAll(/`\\?([^']*)'/g, "'$1'"));
  const [first = ''] = errors;
  const missing = /^Module '(.+?)' not found!$/.exec(first)?.[1];
  if (missing !== undefined) {
    const modules = [...run.log.matchAll(/^Generating RTLIL representation for module `\\(.+)'\.$/gm)];
    const names = modules.map(([, name]) => name!);
    return noSuchModule(missing, names, nearestName(missing, names));
  }
  const parameter = /Can't find object for defparam `(.+)`!/.exec(first)?.[1];
  if (parameter !== undefined)
    return verilogRefused([`the top module has no parameter '${parameter}'`, ...errors.slice(1)], undefined);
  const at = placeOf(first);
  return verilogRefused([at === undefined ? first : first.slice(at.length + 2), ...errors.slice(1)], at);
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

function checkedTop(name: string): string {
  if (!/^[A-Za-z_][\w$]*$/.test(name)) throw badRequest('top', `"${name}"`, 'the name of a Verilog module');
  return name;
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
