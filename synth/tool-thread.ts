/** Threads that load a tool and then run it once. */
import { Worker } from 'node:worker_threads';
import { loadTool, type ToolName } from './tool-package.ts';
import { type WorkerInput, workerSource } from './tool-worker.ts';

/** A thread that has loaded a tool, or is about to, and waits for its one piece of work. */
export interface ToolThread {
  readonly worker: Worker;
  /** Kept when the tool is on its way to the thread; broken where its package is not there or not readable. */
  readonly sent: Promise<void>;
}

/** Threads that were prepared and that nobody has taken yet. */
const idle = new Map<string, ToolThread[]>();

/**
 * Begins to load a tool in a thread of its own; the next run of the same tool and data file takes it, and so begins at
 * once. A thread that waits does not keep the process alive. A tool that cannot be loaded is no error here: the run
 * will tell.
 *
 * @param dataFile the only data file of the package that will be read; see `Device.chipDatabase`.
 * @returns ends the thread, if nobody has taken it.
 */
export function prepareTool(tool: ToolName, dataFile?: string): () => void {
  const thread = startThread(tool, dataFile);
  thread.worker.unref();
  const key = keyOf(tool, dataFile);
  idle.set(key, [...(idle.get(key) ?? []), thread]);
  const forget = (): boolean => {
    const threads = idle.get(key) ?? [];
    if (!threads.includes(thread)) return false;
    idle.set(
      key,
      threads.filter(other => other !== thread),
    );
    return true;
  };
  thread.worker.once('error', forget).once('exit', forget);
  thread.sent.catch(forget);
  return () => {
    if (forget()) void thread.worker.terminate();
  };
}

/** A thread that was prepared for this, or else a new one. */
export function takeThread(tool: ToolName, dataFile: string | undefined): ToolThread {
  const [thread] = idle.get(keyOf(tool, dataFile)) ?? [];
  if (thread === undefined) return startThread(tool, dataFile);
  idle.get(keyOf(tool, dataFile))!.shift();
  thread.worker.ref();
  return thread;
}

function startThread(tool: ToolName, dataFile: string | undefined): ToolThread {
  // No execArgv: a loader that this process was started with (tsx) would only slow the worker down.
  const worker = new Worker(workerSource, { eval: true, execArgv: [], stdout: false });
  const give = (input: WorkerInput): void => worker.postMessage(input);
  const { code, modules } = loadTool(tool);
  const sent = Promise.all([
    code.then(urls => give({ kind: 'code', tool, dataFile, ...urls })),
    modules.then(compiled => give({ kind: 'modules', modules: compiled })),
  ]).then(() => {});
  sent.catch(() => worker.terminate());
  return { worker, sent };
}

function keyOf(tool: ToolName, dataFile: string | undefined): string {
  return `${tool} ${dataFile ?? ''}`;
}
