/** Verilog to a netlist of iCE40 cells, with Yosys. */
import { withOrderedBegins } from './chain-begins.ts';
import { withPackedEnds } from './chain-ends.ts';
import type { Device } from './devices.ts';
import { memoryNotMapped, toolOutputUnusable, yosysFailed } from './diagnostics.ts';
import { ice40Files, ice40Script } from './ice40-script.ts';
import { type Netlist, parseNetlist } from './netlist.ts';
import { type OnProgress, yosysProgress } from './progress.ts';
import { type Defines, moduleName, readCommands, sourceFiles } from './sources.ts';
import { errorsOf, type FileSet, runTool, type ToolRun, type ToolTime } from './tool.ts';
import { placeOf, warningLines } from './tool-log.ts';

/** Any script for Yosys. */
export interface YosysRequest {
  readonly script: string;
  /** The files that the script may read. */
  readonly files: FileSet;
  /** The files that it writes and that are wanted. */
  readonly outputs: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Runs a script with Yosys in a worker thread.
 * @throws Diagnostic TCT-4003 with Yosys' own message if it refuses; TCT-4008 and TCT-4009 as `runTool`.
 */
export async function runYosys(request: YosysRequest): Promise<ToolRun> {
  const { script, files, outputs, signal, onProgress } = request;
  const run = await runTool('yosys', {
    args: ['-p', script],
    files,
    outputs,
    signal,
    onLine: line => {
      const event = onProgress === undefined ? undefined : yosysProgress(line);
      if (event !== undefined) onProgress?.(event);
    },
  });
  if (run.exitCode === 0) return run;
  const errors = errorsOf(run);
  throw yosysFailed(errors, placeOf(errors[0]));
}

/** What to synthesise. */
export interface SynthesisRequest {
  /**
   * Files by path. Those that end in `.v` or `.sv` are read in this order; others are there for `include` and
   * `$readmemh`.
   */
  readonly files: FileSet;
  /** The name of the top module. */
  readonly top: string;
  readonly device: Device;
  readonly defines?: Defines | undefined;
  /** Let Yosys put multiplications into DSP blocks (UltraPlus only). Default false. */
  readonly dsp?: boolean | undefined;
  /** Let Yosys put large memories into SPRAM (UltraPlus only). Default false: only SB_SPRAM256KA cells are. */
  readonly spram?: boolean | undefined;
  /** How many RAM blocks there must be afterwards. A memory that cannot be mapped silently becomes flip-flops. */
  readonly expected?: { readonly bram?: number; readonly spram?: number } | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A synthesised design. */
export interface Synthesis {
  /** The flat netlist of iCE40 cells, as Yosys wrote it, but for both ends of some carry chains (`withOrderedBegins`, `withPackedEnds`). */
  readonly netlistJson: string;
  /** The same, read. */
  readonly netlist: Netlist;
  /** The design before flattening, which knows the modules, their ports and the user's names. */
  readonly hierarchy: Netlist;
  /** Number of cells by type, such as `SB_LUT4`. */
  readonly cells: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly log: string;
  readonly time: ToolTime;
}

const netlistFile = 'tercet-netlist.json';
const hierarchyFile = 'tercet-hierarchy.json';

/**
 * Synthesises Verilog for a device. The netlist is flat (optimisation goes across modules); the hierarchy before
 * flattening is kept beside it, from which the report tells what belongs to whom.
 * @throws Diagnostic TCT-4003 if Yosys refuses the Verilog, TCT-4004 if the number of RAM blocks is not as expected,
 * TCT-4010 if there is nothing to read.
 */
export async function synthesise(request: SynthesisRequest): Promise<Synthesis> {
  const { signal, onProgress } = request;
  const run = await runYosys({
    script: synthesisScript(request),
    files: { ...sourceFiles(request.files), ...ice40Files },
    outputs: [netlistFile, hierarchyFile],
    signal,
    onProgress,
  });
  const netlist = withPackedEnds(withOrderedBegins(parseNetlist(text(run, netlistFile), 'Yosys')));
  const cells = countCells(netlist, request.top);
  checkMemories(cells, request.expected);
  return {
    // In lines, as Yosys writes it: of one long line nextpnr breaks off where it should tell what does not fit.
    netlistJson: JSON.stringify(netlist, undefined, 1),
    netlist,
    hierarchy: parseNetlist(text(run, hierarchyFile), 'Yosys'),
    cells,
    warnings: warningLines(run.log),
    log: run.log,
    time: run.time,
  };
}

/** The commands that Yosys is given. */
export function synthesisScript(request: Omit<SynthesisRequest, 'signal' | 'onProgress'>): string {
  const { device, dsp, spram } = request;
  const { yosysDevice } = device;
  const { hierarchical, flat } = ice40Script({ top: moduleName(request.top), yosysDevice, dsp, spram });
  return [
    ...readCommands(request.files, request.defines),
    ...hierarchical,
    // `*` leaves out the library's cells, which are black boxes: only the design's own modules are wanted.
    'select *',
    `write_json -selected ${hierarchyFile}`,
    'select -clear',
    ...flat,
    `write_json ${netlistFile}`,
  ].join('; ');
}

function text(run: ToolRun, file: string): string {
  const bytes = run.files[file];
  if (bytes === undefined) throw toolOutputUnusable('Yosys', file);
  return new TextDecoder().decode(bytes);
}

function countCells(netlist: Netlist, top: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const cell of Object.values(netlist.modules[top]?.cells ?? {})) {
    counts[cell.type] = (counts[cell.type] ?? 0) + 1;
  }
  return counts;
}

function checkMemories(cells: Record<string, number>, expected: SynthesisRequest['expected']): void {
  const found = {
    bram: Object.entries(cells).reduce((sum, [type, n]) => sum + (type.startsWith('SB_RAM40_4K') ? n : 0), 0),
    spram: cells.SB_SPRAM256KA ?? 0,
  };
  for (const kind of ['bram', 'spram'] as const) {
    const wanted = expected?.[kind];
    if (wanted !== undefined && wanted !== found[kind]) throw memoryNotMapped(kind, found[kind], wanted);
  }
}
