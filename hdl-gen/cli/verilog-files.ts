import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { cannotRead } from './diagnostics.ts';

/**
 * Verilog files and all that they may read. What a file includes or fills its memories with is named by a text in quotes,
 * be it in a macro or a parameter: so every such text that is the path of a file counts.
 *
 * @param texts other texts that may name files: values of macros and parameters.
 * @throws Diagnostic TCT-6031 for a file that cannot be read.
 */
export function verilogFiles(
  sources: readonly string[],
  includeFolders: readonly string[],
  texts: readonly string[],
): Record<string, string> {
  const files: Record<string, string> = {};
  const open = [...sources];
  const take = (named: string, folders: readonly string[]): void => {
    for (const folder of folders) {
      const path = isAbsolute(named) ? named : join(folder, named);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
      if (files[path] === undefined) open.push(path);
      // Where Yosys may look for it too: from the folder of the call, which has no other above it.
      const plain = named.replace(/^(\.*\/)+/, '');
      if (plain !== path && files[plain] === undefined && !sources.includes(plain)) files[plain] = read(path);
    }
  };
  for (const text of texts) take(text, ['.']);
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files[path] !== undefined) continue;
    files[path] = read(path);
    const folders = [...new Set(['.', dirname(path), ...includeFolders])];
    for (const [, named] of files[path]!.matchAll(/"([^"\n]+)"/g)) take(named!, folders);
  }
  return files;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}
