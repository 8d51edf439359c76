/** Runs one of the tools in a worker thread: log lines as they come, files in and out, and a way to stop it. */
import { Worker } from 'node:worker_threads';
import { interrupted, toolCrashed } from './diagnostics.ts';
import { errorLines } from './tool-log.ts';
import { loadTool, type ToolName } from './tool-package.ts';
import { type WorkerJob, type WorkerMessage, workerSource } from './tool-worker.ts';

/** Files by path, relative and with `/`; text or bytes. */
export type FileSet = Readonly<Record<string, string | Uint8Array>>;

/** What a tool is started with. */
export interface ToolRequest {
  readonly args: readonly string[];
  readonly files: FileSet;
  /** Output files to bring back; those that the tool did not write are left out of the result. */
  readonly outputs: readonly string[];
  /** The only data file of the package that will be read; see `Device.chipDatabase`. */
  readonly dataFile?: string | undefined;
  /** Stops the tool at once when it fires. */
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** How long a tool took. */
export interface ToolTime {
  readonly name: string;
  readonly version: string;
  /** Seconds of wall clock that the tool itself ran. */
  readonly seconds: number;
  /** Seconds of wall clock for loading it (code, chip database) before it ran. */
  readonly loadSeconds: number;
}

/** A run that came to its end, well (`exitCode` 0) or not: then the log holds the tool's errors. */
export interface ToolRun {
  readonly exitCode: number;
  /** Set if the tool's code trapped instead of ending; nextpnr does that after every error that it reports. */
  readonly trap: string | undefined;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly log: string;
  readonly time: ToolTime;
}

/**
 * Runs a tool to its end. A refusal by the tool is a result with an exit code, not an error.
 * @throws Diagnostic TCT-4008 if the tool breaks, TCT-4009 if `signal` fires.
 */
export async function runTool(name: ToolName, request: ToolRequest): Promise<ToolRun> {
  const { signal } = request;
  if (signal?.aborted) throw interrupted(name, signal.reason);
  const loaded = await loadTool(name).catch(error => {
    throw toolCrashed(name, error instanceof Error ? error.message : String(error), []);
  });
  if (signal?.aborted) throw interrupted(name, signal.reason);
  const { args, files, outputs, dataFile } = request;
  const job: WorkerJob = { tool: name, ...loaded, dataFile, args, files, outputs };
  // No execArgv: a loader that this process was started with (tsx) would only slow the worker down.
  const worker = new Worker(workerSource, { eval: true, workerData: job, execArgv: [], stdout: false });
  let log = '';
  let stopped = false;
  const lines = new LineSplitter(line => {
    if (!stopped) request.onLine?.(line);
  });

  return new Promise<ToolRun>((resolve, reject) => {
    const stop = (): void => {
      stopped = true;
      void worker.terminate();
      reject(interrupted(name, signal?.reason));
    };
    const fail = (reason: string): void => reject(toolCrashed(name, reason, lastLines(log)));
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'log') {
        log += message.text;
        lines.push(message.text);
      } else if (message.kind === 'broken') {
        fail(message.reason);
      } else {
        const { exitCode, trap, version, runSeconds, loadSeconds } = message;
        resolve({
          exitCode,
          trap,
          files: message.files,
          log,
          time: { name, version, seconds: runSeconds, loadSeconds },
        });
      }
    });
    worker.on('error', error => fail(error.message));
    worker.on('exit', code => {
      signal?.removeEventListener('abort', stop);
      fail(`its thread ended with status ${code}`); // without effect if the tool has already reported its end
    });
  });
}

/**
 * The errors that a tool named before it ended.
 * @throws Diagnostic TCT-4008 if it named none and broke.
 */
export function errorsOf(run: ToolRun): string[] {
  const errors = errorLines(run.log);
  if (errors.length === 0 && run.trap !== undefined) {
    throw toolCrashed(run.time.name, run.trap, lastLines(run.log));
  }
  return errors;
}

function lastLines(log: string): string[] {
  return log.trimEnd().split('\n').slice(-5);
}

/** Cuts a stream of text into lines. */
class LineSplitter {
  #rest = '';
  readonly #take: (line: string) => void;

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  push(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop()!;
    for (const part of parts) this.#take(part);
  }
}
