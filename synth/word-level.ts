/** Verilog to a flat netlist of word-level cells, with Yosys: what a simulator of Verilog begins with. */
import type { Diagnostic } from '../diagnostic/index.ts';
import { withWideLabels } from './case-labels.ts';
import { delayWarnings } from './delays.ts';
import { badRequest, toolOutputUnusable } from './diagnostics.ts';
import { withMarkedDisplays } from './display-calls.ts';
import { InsidePaths } from './inside-paths.ts';
import { type MemoryLimit, MemoryWatch, tellMemories } from './memory-limit.ts';
import { netlistText } from './netlist-text.ts';
import { type Parameters, parametersFile, parametersScript, parametersVerilog } from './parameters.ts';
import { withPlainFormats } from './print-formats.ts';
import { type OnProgress, yosysProgress } from './progress.ts';
import { hasResetWatchers, withDividedBlocks } from './reset-watchers.ts';
import { type Defines, defineOptions, moduleName } from './sources.ts';
import { withMarkedTasks } from './system-tasks.ts';
import { type FileSet, runTool, type ToolRun, type ToolTime } from './tool.ts';
import { refusal, requireNoConstantConflict, warningsIn } from './verilog-messages.ts';
import { modulesOf, onlyTopOf } from './verilog-modules.ts';

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
  /** Parameters of the top module. */
  readonly parameters?: Parameters | undefined;
  /** Memories that are larger are refused (TCT-4018), before Yosys works at them. */
  readonly memoryLimit?: MemoryLimit | undefined;
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
const driversFile = 'tercet-drivers.txt';
const connectionsFile = 'tercet-connections.txt';
const designFile = 'tercet-design.il';

/** From a design with its hierarchy to the netlist. */
const flatten = [
  tellMemories,
  'proc',
  'flatten',
  `tee -q -o ${driversFile} check`,
  `dump -o ${connectionsFile} w:*`,
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
 * that is not there, TCT-4016 where it is not clear which module is the top, TCT-4017 for a constant that is not the only
 * driver of a net; TCT-4008 to TCT-4010 as `synthesise`.
 */
export async function readWordLevel(request: WordLevelRequest): Promise<WordLevel> {
  const { top, files, sources } = request;
  if (sources.length === 0) throw badRequest('sources', 'empty', 'the path of at least one file of Verilog');
  const texts = Object.fromEntries(
    Object.entries(files).flatMap(([path, content]) =>
      typeof content === 'string' && (sources.includes(path) || /\.s?vh?$/.test(path))
        ? [[path, withMarkedDisplays(withMarkedTasks(withWideLabels(content)))] as const]
        : [],
    ),
  );
  const plain: Reading = { ...request, files: { ...files, ...texts }, paths: new InsidePaths() };
  const { parameters = {} } = request;
  const hasParameters = Object.keys(parameters).length > 0;
  // Parameters are set before the hierarchy is built, so the top has to be known by then.
  const known = top ?? (hasParameters ? await onlyTop(plain) : undefined);
  const read: Reading =
    known === undefined || !hasParameters
      ? plain
      : { ...plain, files: { ...plain.files, [parametersFile]: parametersVerilog(known, parameters) } };
  const elaborate = [...readScript(read), ...hierarchyScript(known, hasParameters)];
  const run = await yosys(
    [...elaborate, ...flatten],
    [netlistFile, modulesFile, driversFile, connectionsFile],
    read,
  );
  requireNoConstantConflict(run.log, text(run, driversFile), read.paths.told(text(run, connectionsFile)));
  const whole = netlistText(bytesOf(run, netlistFile));
  const netlistJson = hasResetWatchers(whole) ? await dividedNetlist(elaborate, read) : whole;
  const chosen = known ?? onlyTopOf(modulesOf(text(run, modulesFile)));
  const { paths } = read;
  return {
    netlistJson: withPlainFormats(paths.told(netlistJson), chosen),
    top: chosen,
    warnings: [...warningsIn(paths.told(run.log)), ...delayWarnings(files, sources)],
    texts,
    time: run.time,
  };
}

/** The netlist with what is printed and checked in blocks with an asynchronous reset. */
async function dividedNetlist(elaborate: readonly string[], read: Reading): Promise<string> {
  const whole = await yosys([...elaborate, `write_rtlil ${designFile}`], [designFile], read);
  const files = { [designFile]: withDividedBlocks(text(whole, designFile)) };
  const run = await yosys([`read_rtlil ${designFile}`, ...flatten], [netlistFile], { ...read, files });
  return netlistText(bytesOf(run, netlistFile));
}

/** A request under way. */
interface Reading extends WordLevelRequest {
  readonly paths: InsidePaths;
}

async function onlyTop(read: Reading): Promise<string> {
  return onlyTopOf(modulesOf(text(await yosys(readScript(read), [modulesFile], read), modulesFile)));
}

/** Makes a top of a module, with its parameters. */
function hierarchyScript(top: string | undefined, hasParameters: boolean): string[] {
  if (top === undefined) return ['hierarchy -check -auto-top'];
  return hasParameters ? parametersScript(top) : [`hierarchy -check -top ${moduleName(top)}`];
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
  { files, paths, signal, onProgress, memoryLimit }: Reading,
): Promise<ToolRun> {
  const stop = new AbortController();
  const watch =
    memoryLimit === undefined ? undefined : new MemoryWatch(memoryLimit, error => stop.abort(error));
  const run = await runTool('yosys', {
    args: ['-p', script.join('; ')],
    files: paths.files(files),
    outputs,
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    onLine: line => {
      watch?.take(line);
      const event = onProgress === undefined ? undefined : yosysProgress(line);
      if (event !== undefined) onProgress?.(event);
    },
  }).catch((error: unknown) => {
    throw stop.signal.aborted ? stop.signal.reason : error;
  });
  if (run.exitCode !== 0) throw refusal(run, files, paths);
  return run;
}

function bytesOf(run: ToolRun, file: string): Uint8Array {
  const bytes = run.files[file];
  if (bytes === undefined) throw toolOutputUnusable('Yosys', file);
  return bytes;
}

function text(run: ToolRun, file: string): string {
  return new TextDecoder().decode(bytesOf(run, file));
}
