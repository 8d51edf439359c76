import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { fileUnwritable } from './diagnostics.ts';

/**
 * Writes a file whole or not at all: the parts go one after the other to a neighbouring file that is then renamed.
 *
 * @throws Diagnostic TCT-5018 where the file cannot be written
 */
export function writeWhole(path: string, parts: Iterable<Uint8Array>): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(unfinished, 'w');
    try {
      for (const part of parts)
        for (let done = 0; done < part.length; ) done += writeSync(file, part, done, part.length - done);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw fileUnwritable(path, error instanceof Error ? error.message : String(error), error);
  }
}
