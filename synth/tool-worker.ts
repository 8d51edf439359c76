/**
 * The code of the worker thread that loads one tool and runs it once.
 *
 * It is a string, started with `eval`, and not a file: a worker is loaded by plain Node, which in version 20 cannot
 * read TypeScript, and a `.js` file beside it would be missing either from `dist/` or from the sources under vitest
 * and tsx. All that it imports comes in as absolute URLs.
 */

/** What a worker is given, each once: the code of a tool, its compiled WebAssembly, and what to do with it. */
export type WorkerInput =
  | {
      readonly kind: 'code';
      readonly tool: string;
      readonly bundleUrl: string;
      readonly resourcesUrl: string | undefined;
      /** The one file of those in the package's `share/ice40` that the tool will read; without it, all are loaded. */
      readonly dataFile: string | undefined;
    }
  | { readonly kind: 'modules'; readonly modules: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'job';
      readonly args: readonly string[];
      /** Input files by path. */
      readonly files: Readonly<Record<string, string | Uint8Array>>;
      /** Paths of the output files to hand back, in the root folder. */
      readonly outputs: readonly string[];
      /** What the tool reads on its standard input, and the name under which its standard output is handed back. */
      readonly stdin?: Uint8Array | undefined;
      readonly stdoutFile?: string | undefined;
    };

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
      /** When the tool began to run, in milliseconds since 1970. */
      readonly began: number;
      readonly loadSeconds: number;
      readonly runSeconds: number;
    }
  | { readonly kind: 'broken'; readonly reason: string };

export const workerSource: string = String.raw`
const { parentPort } = require('node:worker_threads');
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
  const { tool, bundleUrl, resourcesUrl, dataFile } = await given.code;
  const started = performance.now();
  const [resources, bundle] = await Promise.all([resourcesUrl && import(resourcesUrl), import(bundleUrl)]);
  if (dataFile !== undefined) {
    // The one chip database that is needed, of 230 MB in all.
    const folder = resources.filesystem.share.ice40;
    for (const name of Object.keys(folder)) {
      if (name === dataFile) folder[name] = new Uint8Array(readFileSync(folder[name]));
      else delete folder[name];
    }
  }
  // Only this tool's modules, already compiled.
  const { modules } = await given.modules;
  globalThis.tercetModules = modules;
  for (const name of Object.keys(resources?.modules ?? {})) {
    if (name in modules) resources.modules[name] = modules[name];
    else delete resources.modules[name];
  }
  await bundle.commands[tool](null, {}, { fetchProgress() {} });
  return { bundle, tool, loadSeconds: (performance.now() - started) / 1000 };
}

async function run({ bundle, tool, loadSeconds }, job) {
  const began = performance.now();
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
    const said = [];
    const stdout = job.stdoutFile === undefined ? print : bytes => bytes !== null && said.push(bytes.slice());
    let at = 0;
    const stdin = count => {
      if (job.stdin === undefined || at >= job.stdin.length) return null;
      return job.stdin.subarray(at, (at += count));
    };
    const options = { stdin, stdout, stderr: print, decodeASCII: false };
    files = await bundle.commands[tool]([...job.args], tree(job.files), options);
    if (job.stdoutFile !== undefined) files = { ...files, [job.stdoutFile]: new Uint8Array(Buffer.concat(said)) };
  } catch (error) {
    exitCode = error instanceof bundle.Exit ? error.code : 134;
    if (!(error instanceof bundle.Exit)) trap = String(error?.message ?? error);
  } finally {
    if (pending !== '') parentPort.postMessage({ kind: 'log', text: pending + '\n' });
  }
  const kept = Object.fromEntries(job.outputs.filter(name => name in files).map(name => [name, files[name]]));
  const buffers = new Set(Object.values(kept).map(data => data.buffer));
  parentPort.postMessage(
    {
      kind: 'done',
      exitCode,
      trap,
      version: bundle.version,
      files: kept,
      began: performance.timeOrigin + began,
      loadSeconds,
      runSeconds: (performance.now() - began) / 1000,
    },
    [...buffers],
  );
}

async function main() {
  const loading = load();
  // Nobody listens before there is work; then it is told.
  loading.catch(() => {});
  const job = await given.job;
  try {
    await run(await loading, job);
  } catch (error) {
    parentPort.postMessage({ kind: 'broken', reason: String(error?.message ?? error) });
  }
  parentPort.close();
}

const given = {};
const arrived = {};
for (const kind of ['code', 'modules', 'job']) given[kind] = new Promise(resolve => (arrived[kind] = resolve));
parentPort.on('message', message => arrived[message.kind](message));
main();
`;
