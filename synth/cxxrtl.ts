/** Verilog to a simulation in WebAssembly: Yosys makes C++ of it (CXXRTL), and clang compiles that. */
import { cacheFolder, keyOf, readCached, writeCached } from './cache.ts';
import { clangFailed, toolMissing, toolOutputUnusable } from './diagnostics.ts';
import { type PowerUpValue, powerUpCommands } from './power-up.ts';
import type { OnProgress } from './progress.ts';
import { smallStd } from './small-std.ts';
import { moduleName, readCommands, sourceFiles } from './sources.ts';
import { errorsOf, type FileSet, runTool, type ToolTime } from './tool.ts';
import { loadTool, toolVersion } from './tool-package.ts';
import { prepareTool } from './tool-thread.ts';
import { runYosys } from './yosys.ts';

/** What to compile. */
export interface CxxrtlRequest {
  /** Files by path; those that end in `.v` or `.sv` are read in this order. */
  readonly files: FileSet;
  /** The top module. */
  readonly top: string;
  /**
   * The C++ around the design, which it includes as `design.cc`; functions that are exported have the attribute
   * `export_name`. The design is `cxxrtl_design::p_` and the name of the top, as CXXRTL spells it.
   */
  readonly harness: string;
  readonly powerUp?: readonly PowerUpValue[] | undefined;
  /** Where compiled simulations are kept; without it `cacheFolder()`. */
  readonly cache?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A compiled simulation. */
export interface CxxrtlProgram {
  /** A WebAssembly reactor: `_initialize` is to be called first. */
  readonly wasm: Uint8Array;
  /** Whether an earlier run had compiled it. */
  readonly isCached: boolean;
  /** Yosys and clang, where they ran. */
  readonly tools: readonly ToolTime[];
}

/**
 * -O2 takes as long as -O1 and less than -O0, and gives code that is 10 times as fast. The runtime wants all its
 * functions to be inlined at once, into functions that become so large that clang takes a minute for 256 lanes. Without
 * that wish they are simplified before they are inlined: the code is the same after an eighth of the time.
 */
const flags = [
  ...['-O2', '-std=c++17', '-fno-exceptions', '-DNDEBUG', '-w', '-mexec-model=reactor'],
  '-D__always_inline__=__unused__',
];

/**
 * Compiles a simulation of a design, unless one of the very same texts by the same tools has been kept.
 * @throws Diagnostic TCT-4012 where clang is not installed, TCT-4013 if it refuses; TCT-4003, TCT-4008 and TCT-4009
 * as `runYosys`.
 */
export async function compileCxxrtl(request: CxxrtlRequest): Promise<CxxrtlProgram> {
  const { harness, signal, onProgress, cache = cacheFolder() } = request;
  const clangVersion = toolVersion('clang++');
  if (clangVersion === undefined) throw toolMissing('clang++', '@yowasp/clang');
  const files = sourceFiles(request.files);
  const script = cxxrtlScript(request);
  const parts = [
    toolVersion('yosys') ?? '',
    clangVersion,
    ...flags,
    ...Object.values(smallStd),
    script,
    harness,
  ];
  const key = keyOf([...parts, ...Object.entries(files).flat().map(textOf)]);
  const name = `cxxrtl/${key}.wasm`;
  const kept = await readCached(name, cache);
  if (kept !== undefined) return { wasm: kept, isCached: true, tools: [] };

  // Clang is loaded while Yosys runs.
  const forget = prepareTool('clang++');
  const written = await runYosys({ script, files, outputs: ['design.cc'], signal, onProgress }).catch(
    error => {
      forget();
      throw error;
    },
  );
  const design = written.files['design.cc'];
  if (design === undefined) throw toolOutputUnusable('Yosys', 'design.cc');
  onProgress?.({ tool: 'clang', phase: 'compiling' });
  const compiled = await runTool('clang++', {
    args: [...flags, '-Iruntime', '-isystem', 'std', 'harness.cc', '-o', 'simulation.wasm'],
    files: {
      'harness.cc': harness,
      'design.cc': design,
      ...inside('std', smallStd),
      ...inside('runtime', await runtime()),
    },
    outputs: ['simulation.wasm'],
    signal,
  });
  const wasm = compiled.files['simulation.wasm'];
  if (compiled.exitCode !== 0 || wasm === undefined) {
    const errors = compiled.log.split('\n').filter(line => /\berror:/.test(line));
    throw clangFailed(errors.length > 0 ? errors : errorsOf(compiled));
  }
  await writeCached(name, wasm, cache);
  return { wasm, isCached: false, tools: [written.time, compiled.time] };
}

function cxxrtlScript(request: CxxrtlRequest): string {
  const top = moduleName(request.top);
  return [
    ...readCommands(request.files),
    `hierarchy -check -top ${top}`,
    'proc',
    'flatten',
    ...powerUpCommands(request.powerUp ?? []),
    // What prints or checks would need the real library; nothing here listens to it.
    'delete t:$print t:$check',
    'opt',
    'write_cxxrtl -g0 design.cc',
  ].join('; ');
}

/** The headers of CXXRTL's runtime, which lie in the package of Yosys. */
async function runtime(): Promise<Record<string, string>> {
  const { resourcesUrl } = await loadTool('yosys').code;
  interface Folder {
    readonly [name: string]: Folder | string;
  }
  const { filesystem } = (await import(resourcesUrl!)) as { filesystem: Folder };
  const path = ['share', 'include', 'backends', 'cxxrtl', 'runtime', 'cxxrtl'];
  const at = (names: readonly string[]): Folder | string | undefined =>
    names.reduce<Folder | string | undefined>(
      (folder, name) => (typeof folder === 'object' ? folder[name] : undefined),
      filesystem,
    );
  const header = at([...path, 'cxxrtl.h']);
  const interfaceHeader = at([...path, 'capi', 'cxxrtl_capi.h']);
  if (typeof header !== 'string' || typeof interfaceHeader !== 'string')
    throw toolOutputUnusable('Yosys', 'runtime of CXXRTL');
  return { 'cxxrtl/cxxrtl.h': header, 'cxxrtl/capi/cxxrtl_capi.h': interfaceHeader };
}

function inside(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
}
