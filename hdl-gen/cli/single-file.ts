import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { outIsFolder } from './diagnostics.ts';
import type { Interrupts } from './interrupts.ts';
import { told } from './write-errors.ts';

/** A file that the user named and that grows while the command runs. */
export interface GrowingFile {
  write(content: string | Uint8Array): void;
  /** Puts the finished file in its place. */
  finish(): void;
  /** Leaves nothing of it. */
  discard(): void;
}

/**
 * Opens a file that appears under its name only when it is finished. What is there and no regular file, such as a
 * pipe, is written to directly.
 * @throws Diagnostic TCT-6010 to TCT-6014, here and in `write` and `finish`.
 */
export function growingFile(path: string, interrupts: Interrupts): GrowingFile {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw outIsFolder(path);
  const isDirect = found !== undefined && !found.isFile();
  const unfinished = isDirect ? path : `${path}.hdl-gen-${process.pid}`;
  let descriptor: number | undefined;
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      discard();
      throw told(error, path);
    }
  };
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  function discard(): void {
    close();
    if (!isDirect) rmSync(unfinished, { force: true });
    covered();
  }
  const covered = interrupts.onInterrupt(discard);
  attempt(() => {
    descriptor = openSync(unfinished, 'w');
  });
  return {
    write(content) {
      attempt(() => {
        // The system may take less than it is given, the last bytes before the disk is full for example.
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor!, bytes, done);
      });
    },
    finish() {
      attempt(() => {
        close();
        if (!isDirect) renameSync(unfinished, path);
      });
      covered();
    },
    discard,
  };
}

/**
 * Writes a file in one go, as `growingFile` does.
 * @throws Diagnostic TCT-6010 to TCT-6014, TCT-6030.
 */
export function writeWhole(path: string, content: Uint8Array, interrupts: Interrupts): void {
  const file = growingFile(path, interrupts);
  file.write(content);
  file.finish();
}
