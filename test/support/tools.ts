import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the program is on this machine. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ['-V'], { stdio: 'ignore' }).error === undefined;
}

export const hasIcarus: boolean = isInstalled('iverilog');
export const hasVerilator: boolean = isInstalled('verilator');

/** Added to the name of a test that is skipped because a program is missing. */
export function missing(isThere: boolean, program: string): string {
  return isThere ? '' : ` (skipped: ${program} is not on this machine)`;
}

/** All that a program wrote, and how it ended. */
export interface Ran {
  readonly status: number;
  readonly text: string;
}

/** Runs a program in a folder to its end. */
export function run(program: string, args: readonly string[], folder: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder });
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.stderr.on('data', chunk => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', status => resolve({ status: status ?? 1, text: Buffer.concat(chunks).toString() }));
  });
}

/** Puts texts into files of a new folder, and takes the folder away when `use` has ended. */
export async function withFiles<T>(
  files: readonly { readonly name: string; readonly text: string }[],
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-test-'));
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
