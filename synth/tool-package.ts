/**
 * Finds and loads the WebAssembly builds of the tools once for each process, in a form that every worker thread can
 * share.
 *
 * Two things are done to the published packages, both for time only:
 *
 * - Compiled WebAssembly modules are kept here and handed to each worker, where they arrive without being compiled
 *   again, warmed-up machine code included (Yosys' is 31 MB: a second run is 2 s shorter than the first).
 * - The packages' in-memory files copy the whole file for every write. nextpnr writes line by line, so writing 8 MB
 *   of results took 15 s where placing and routing took 10 s. `withFastWrites` replaces that one method by
 *   one that lets the buffer grow by doubling. If a later release words the method otherwise, nothing is replaced
 *   and all works as before, only slower; a test says so.
 */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The tools that we run, and the npm package that each lies in. */
export const toolPackages = {
  yosys: '@yowasp/yosys',
  'nextpnr-ice40': '@yowasp/nextpnr-ice40',
  icepack: '@yowasp/nextpnr-ice40',
  icebram: '@yowasp/nextpnr-ice40',
  'clang++': '@yowasp/clang',
} as const;

/** The name of a tool. */
export type ToolName = keyof typeof toolPackages;

/** The text of a tool's package, as URLs to import. */
export interface ToolCode {
  readonly bundleUrl: string;
  /** The package's list of its data files; undefined where it is a part of the code. */
  readonly resourcesUrl: string | undefined;
}

/** Compiled WebAssembly by file name. */
export type ToolModules = Readonly<Record<string, unknown>>;

/** What a worker needs to start a tool. The code is there at once; the modules take a while. */
export interface LoadedTool {
  readonly code: Promise<ToolCode>;
  readonly modules: Promise<ToolModules>;
}

// The ambient types of this project have no WebAssembly; this is all of it that is used here.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<unknown> };

const loading = new Map<ToolName, LoadedTool>();

/** Loads a tool; the second call for the same tool costs nothing. */
export function loadTool(tool: ToolName): LoadedTool {
  let found = loading.get(tool);
  if (found === undefined) {
    found = { code: loadCode(tool), modules: compileModules(tool) };
    loading.set(tool, found);
    for (const part of [found.code, found.modules]) part.catch(() => loading.delete(tool));
  }
  return found;
}

async function loadCode(tool: ToolName): Promise<ToolCode> {
  const folder = packageFolder(tool);
  const path = join(folder, 'bundle.js');
  const bundle = await readFile(path, 'utf8');
  if (tool === 'clang++') {
    const code = withSharedModules(bundle, pathToFileURL(path).href);
    return { bundleUrl: dataUrl(code), resourcesUrl: undefined };
  }
  const resources = /import\("\.\/(resources-[\w-]+\.js)"\)/.exec(bundle)?.[1];
  if (resources === undefined) throw new Error(`${toolPackages[tool]} has no list of resources`);
  const resourcesUrl = pathToFileURL(join(folder, resources)).href;
  const code = withFastWrites(bundle).replace(`"./${resources}"`, JSON.stringify(resourcesUrl));
  return { bundleUrl: dataUrl(code), resourcesUrl };
}

/** The changed code is no file, so it is imported as a data: URL, from where relative imports do not work. */
function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
}

async function compileModules(tool: ToolName): Promise<ToolModules> {
  const folder = packageFolder(tool);
  const core = tool === 'clang++' ? 'llvm.core' : `${tool}.core`;
  const names = (await readdir(folder)).filter(file => file.startsWith(core) && file.endsWith('.wasm'));
  const compiled = await Promise.all(
    names.map(async name => [name, await WebAssembly.compile(await readFile(join(folder, name)))] as const),
  );
  return Object.fromEntries(compiled);
}

/** The folder of a tool's code and data. `require.resolve` is used because bundlers and test runners keep it working. */
export function packageFolder(tool: ToolName): string {
  return dirname(createRequire(import.meta.url).resolve(toolPackages[tool]));
}

/**
 * The version of the package that a tool lies in; undefined where it is not installed, as only an optional one may
 * be.
 */
export function toolVersion(tool: ToolName): string | undefined {
  try {
    const text = readFileSync(join(packageFolder(tool), '..', 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** The registers of a DSP block are 0 at power-up, as flip-flops are; the model leaves them open. */
const clearedMac16 = '\tinitial {rA, rB, rC, rD, rF, rG, rH, rJ, rK, rQ, rS} = 0;';

/**
 * Yosys' simulation models of some cells of an iCE40, in Verilog: to read those of all cells takes Yosys more than a
 * minute. Inputs that are left open are not driven: the way in which the models do that is not Verilog-2005.
 */
export function ice40ModelsOf(types: Iterable<string>): string {
  const path = join(packageFolder('yosys'), 'share', 'ice40', 'cells_sim.v');
  const all = readFileSync(path, 'utf8');
  const head = all.slice(0, all.search(/^(\(\*.*\*\)\s*)?module /m));
  const models = new Map<string, string>();
  for (const [text, name] of all.matchAll(/^module (\w+)\b.*?^endmodule$/gms)) models.set(name!, text);
  const wanted = new Set(types);
  // Some models are made of others. What is added to the set is visited too.
  for (const type of wanted)
    for (const [part] of models.get(type)?.matchAll(/\bSB_\w+/g) ?? []) wanted.add(part);
  const texts = [...models]
    .filter(([name]) => wanted.has(name))
    .map(([name, text]) =>
      name === 'SB_MAC16' ? text.replace(/endmodule$/, `${clearedMac16}\nendmodule`) : text,
    );
  return ['`define NO_ICE40_DEFAULT_ASSIGNMENTS', head, ...texts].join('\n');
}

/**
 * Clang's code with the modules that are compiled already in place of its own fetching of them; `url` is the place of
 * the code. If a later release words it otherwise, it fetches and compiles them itself, in 2 s more.
 */
export function withSharedModules(bundle: string, url: string): string {
  return bundle
    .replaceAll(
      /await fetch\d*\(new URL\("\.\/([\w.]+\.wasm)", import\.meta\.url\)\)\.then\(compileWasmModule\)/g,
      (_, name: string) => `globalThis.tercetModules[${JSON.stringify(name)}]`,
    )
    .replaceAll('import.meta.url', JSON.stringify(url));
}

const slowWrite = /(var WriteStream = class[^{]*\{.*?\n {2}write\(contents\) \{\n)(.*?)(\n {2}\}\n)/s;

// `room` marks buffers that were made here: only these may be written beyond the end of the file's own bytes.
const fastWrite = `    const file = this.file, start = Number(this.offset), end = start + contents.length;
    if (end > file.data.length) {
      if (file.data.buffer !== file.room || file.room.byteLength < end) {
        const grown = new Uint8Array(Math.max(end, 2 * file.data.length, 65536));
        grown.set(file.data);
        file.room = grown.buffer;
      }
      const longer = new Uint8Array(file.room, 0, end);
      if (start > file.data.length) longer.fill(0, file.data.length, start);
      file.data = longer;
    }
    file.data.set(contents, start);
    this.offset += BigInt(contents.length);`;

/** The package's code with writes to its in-memory files that cost what they write, not what the file holds. */
export function withFastWrites(bundle: string): string {
  return bundle.replace(slowWrite, (_, head: string, _body: string, tail: string) => head + fastWrite + tail);
}
