import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The package's own folder. */
export const packageFolder: string = resolve(import.meta.dirname, '..', '..');

const main = join(packageFolder, 'dist', 'hdl-gen', 'cli', 'main.js');

/** How a call of the real command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd: string;
  /** Sends a signal when standard error matches. */
  readonly signalAt?: { readonly pattern: RegExp; readonly signal: NodeJS.Signals };
  /** Variables of the environment, beside those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command as a user does: the compiled one, in a process of its own. */
export function hdlGen(
  args: string | readonly string[],
  { cwd, signalAt, env }: CallOptions,
): Promise<Ended> {
  const list = typeof args === 'string' ? args.split(' ').filter(arg => arg !== '') : args;
  const child = spawn(process.execPath, [main, ...list], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let [stdout, stderr, isSent] = ['', '', false];
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    if (signalAt === undefined || isSent || !signalAt.pattern.test(stderr)) return;
    isSent = true;
    child.kill(signalAt.signal);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', status => done({ status, stdout, stderr }));
  });
}

/** An empty folder that is gone after the test; TypeScript in it can import `tercet`. */
export function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lets TypeScript in a folder import `tercet`. */
export function installTercet(folder: string): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageFolder, join(folder, 'node_modules', 'tercet'), 'dir');
}

/** Every file below a folder, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
