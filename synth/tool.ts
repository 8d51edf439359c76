/** Runs one of the tools in a worker thread: log lines as they come, files in and out, and a way to stop it. */
import { interrupted, toolCrashed } from './diagnostics.ts';
import { errorLines } from './tool-log.ts';
import type { ToolName } from './tool-package.ts';
import { takeThread } from './tool-thread.ts';
import type { WorkerInput, WorkerMessage } from './tool-worker.ts';

/** Files by path, relative and with `/`; text or bytes. */
export type FileSet = Readonly<Record<string, string | Uint8Array>>;

/** What a tool is started with. */
export interface ToolRequest {
  readonly args: readonly string[];
  readonly files: FileSet;
  /** Output files to bring back; those that the tool did not write are left out of the result. */
  readonly outputs: readonly string[];
  /** What the tool reads on its standard input. */
  readonly stdin?: Uint8Array | undefined;
  /** The name under which its standard output is among the files of the result; without it, it belongs to the log. */
  readonly stdoutFile?: string | undefined;
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
  /** When it began to run, in seconds since the start of this process. */
  readonly startSeconds: number;
  /** Seconds of wall clock that the tool itself ran: its own main function, on files in memory. */
  readonly seconds: number;
  /**
   * Seconds of wall clock before that for loading its package (code, WebAssembly, chip database) in its thread. It may
   * have happened while something else ran.
   */
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
  const { args, files, outputs, dataFile } = request;
  const { worker, sent } = takeThread(name, dataFile);
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
        const { exitCode, trap, version, began, runSeconds: seconds, loadSeconds } = message;
        const startSeconds = (began - performance.timeOrigin) / 1000;
        const time: ToolTime = { name, version, startSeconds, seconds, loadSeconds };
        resolve({ exitCode, trap, files: message.files, log, time });
      }
    });
    worker.on('error', error => fail(error.message));
    worker.on('exit', code => {
      signal?.removeEventListener('abort', stop);
      fail(`its thread ended with status ${code}`); // without effect if the tool has already reported its end
    });
    const { stdin, stdoutFile } = request;
    const kept = stdoutFile === undefined ? outputs : [...outputs, stdoutFile];
    const job: WorkerInput = { kind: 'job', args, files, outputs: kept, stdin, stdoutFile };
    sent.then(() => worker.postMessage(job)).catch(error => fail(messageOf(error)));
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Wall clock in which at least one of the tools ran, in seconds: runs side by side count once. */
export function runningSeconds(times: readonly ToolTime[]): number {
  let [total, until] = [0, 0];
  for (const { startSeconds, seconds } of times.toSorted((a, b) => a.startSeconds - b.startSeconds)) {
    const end = startSeconds + seconds;
    total += Math.max(0, end - Math.max(startSeconds, until));
    until = Math.max(until, end);
  }
  return total;
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
