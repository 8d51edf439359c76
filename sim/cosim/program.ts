import { spawn } from 'node:child_process';
import { programSilent, programStopped } from './diagnostics.ts';

/** How a program is run. */
export interface ProgramOptions {
  readonly folder: string;
  /** Kills the program when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Takes each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How it ended. */
export interface Ended {
  /** Its exit status; undefined where there is no such program. */
  readonly status: number | undefined;
  /** What it wrote on standard error. */
  readonly complaints: string;
}

/** A program that says nothing for so long, in milliseconds, will never end. */
const patience = 300_000;

/**
 * Runs a program to its end.
 * @throws Diagnostic TCT-3403 where it hangs, TCT-3404 where `signal` fires.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Ended> {
  const { folder, signal, onLine } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(programStopped(program, signal.reason));
      return;
    }
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [rest, complaints] = ['', ''];
    let watchdog: NodeJS.Timeout | undefined;
    const wait = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => fail(programSilent(program, patience / 1000)), patience);
    };
    const end = (): void => {
      clearTimeout(watchdog);
      signal?.removeEventListener('abort', stop);
    };
    const fail = (error: Error): void => {
      end();
      child.kill('SIGKILL');
      reject(error);
    };
    const stop = (): void => fail(programStopped(program, signal?.reason));
    signal?.addEventListener('abort', stop, { once: true });
    wait();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      wait();
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) onLine?.(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      end();
      if (error.code === 'ENOENT') resolve({ status: undefined, complaints });
      else reject(error);
    });
    child.on('close', status => {
      end();
      resolve({ status: status ?? 1, complaints });
    });
  });
}
