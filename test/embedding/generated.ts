import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { filesIn, hdlGen, workspace } from '../cli/helpers.ts';

/** Generates a core; gives its folder. */
export async function generated(options: string): Promise<string> {
  const cwd = workspace();
  const { status, stderr } = await hdlGen(`${options} --out core`, { cwd });
  expect([status, stderr.includes('error')], stderr).toEqual([0, false]);
  return join(cwd, 'core');
}

/** Runs the testbench of a folder in Icarus; gives the status, and what it wrote. */
export function played(folder: string): { status: number | null; warnings: string; lines: string[] } {
  const sources = filesIn(folder).filter(name => /^(testbench|(verilog|models)\/.*)\.v$/.test(name));
  const args = ['-g2005', '-Wall', '-DSTOP_AT_FAIL', '-o', 't.vvp', ...sources];
  const compiled = spawnSync('iverilog', args, { cwd: folder });
  const { status, stdout } = spawnSync('vvp', ['-N', 't.vvp'], { cwd: folder });
  return { status, warnings: compiled.stderr.toString(), lines: stdout.toString().trimEnd().split('\n') };
}

/** Changes one place of a file, which must be there. */
export function broken(folder: string, file: string, from: RegExp, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  expect(changed, `${file} has ${from}`).not.toBe(text);
  writeFileSync(path, changed);
}

/** A small core of each kind. */
export const small = {
  stream: '--lanes 3 --rows 2',
  axi: '--lanes 3 --rows 2 --interface axi',
  wishbone: '--lanes 3 --rows 2 --interface wishbone',
  uart: '--lanes 3 --rows 2 --interface uart --baud 3000000',
  spi: '--lanes 3 --rows 2 --interface spi',
  table: '--lanes 5 --arch table',
} as const;

/** Where each kind adds. */
export const dotProduct = 'verilog/ternary_dot_product.v';
export const foldedDotProduct = 'verilog/folded_dot_product.v';
