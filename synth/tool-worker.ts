/**
 * The code of the worker thread that runs one tool once.
 *
 * It is a string, started with `eval`, and not a file: a worker is loaded by plain Node, which in version 20 cannot
 * read TypeScript, and a `.js` file beside it would be missing either from `dist/` or from the sources under vitest
 * and tsx. All that it imports comes in as absolute URLs.
 */

/** What a worker is given. */
export interface WorkerJob {
  readonly tool: string;
  readonly bundleUrl: string;
  readonly resourcesUrl: string;
  readonly modules: Readonly<Record<string, unknown>>;
  /** The one file of those in the package's `share/ice40` that the tool will read; without it, all are loaded. */
  readonly dataFile: string | undefined;
  readonly args: readonly string[];
  /** Input files by path. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Paths of the output files to hand back, in the root folder. */
  readonly outputs: readonly string[];
}

/** What a worker says: pieces of the log as they come, and then how it ended. */
export type WorkerMessage =
  | { readonly kind: 'log'; readonly text: string }
  | {
      readonly kind: 'done';
      readonly exitCode: number;
      /** Set if the tool's code trapped instead of ending: nextpnr does so after each error, as it lacks exceptions. */
      readonly trap: string | undefined;
      readonly version: string;
      readonly files: Record<string, Uint8Array>;
      readonly loadSeconds: number;
      readonly runSeconds: number;
    }
  | { readonly kind: 'broken'; readonly reason: string };

export const workerSource: string = String.raw`
const { parentPort, workerData: job } = require('node:worker_threads');
const { readFileSync } = require('node:fs');

function tree(files) {
  const root = {};
  for (const [path, content] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop();
    let at = root;
    for (const folder of folders) at = at[folder] ??= {};
    at[name] = content;
  }
  return root;
}

async function load() {
  const resources = await import(job.resourcesUrl);
  // Only this tool's modules, already compiled; and only the one chip database that is needed, of 230 MB in all.
  for (const name of Object.keys(resources.modules)) {
    if (name in job.modules) resources.modules[name] = job.modules[name];
    else delete resources.modules[name];
  }
  if (job.dataFile !== undefined) {
    const folder = resources.filesystem.share.ice40;
    for (const name of Object.keys(folder)) {
      if (name === job.dataFile) folder[name] = new Uint8Array(readFileSync(folder[name]));
      else delete folder[name];
    }
  }
  const bundle = await import(job.bundleUrl);
  await bundle.commands[job.tool](null);
  return bundle;
}

async function main() {
  const started = performance.now();
  const bundle = await load();
  const loaded = performance.now();
  // A tool prints in scraps of lines; what is sent is whole lines, each batch as soon as it ends.
  const decoder = new TextDecoder();
  let pending = '';
  const print = bytes => {
    if (bytes === null) return;
    pending += decoder.decode(bytes, { stream: true });
    if (!pending.endsWith('\n')) return;
    parentPort.postMessage({ kind: 'log', text: pending });
    pending = '';
  };
  let exitCode = 0;
  let trap;
  let files = {};
  try {
    const options = { stdout: print, stderr: print, decodeASCII: false };
    files = await bundle.commands[job.tool]([...job.args], tree(job.files), options);
  } catch (error) {
    exitCode = error instanceof bundle.Exit ? error.code : 134;
    if (!(error instanceof bundle.Exit)) trap = String(error?.message ?? error);
  } finally {
    if (pending !== '') parentPort.postMessage({ kind: 'log', text: pending + '\n' });
  }
  const kept = Object.fromEntries(job.outputs.filter(name => name in files).map(name => [name, files[name]]));
  const buffers = new Set(Object.values(kept).map(data => data.buffer));
  const seconds = (from, to) => (to - from) / 1000;
  parentPort.postMessage(
    {
      kind: 'done',
      exitCode,
      trap,
      version: bundle.version,
      files: kept,
      loadSeconds: seconds(started, loaded),
      runSeconds: seconds(loaded, performance.now()),
    },
    [...buffers],
  );
}

main().catch(error => parentPort.postMessage({ kind: 'broken', reason: String(error?.message ?? error) }));
`;
