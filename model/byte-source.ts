import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fileNotThere, fileUnreadable } from './diagnostics.ts';

/**
 * Bytes of which ranges are read: a file, or bytes in memory. Models are larger than memory, so nobody reads one whole.
 */
export interface ByteSource {
  /** What the user calls it, for messages. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /**
   * A copy of the bytes from `offset` on.
   *
   * @throws RangeError where they are not all within the size; Diagnostic TCT-5002 where the file cannot be read, or not so many bytes at once
   */
  read(offset: number, length: number): Uint8Array;
  /** The same, into bytes that are there. */
  fill(bytes: Uint8Array, offset: number): void;
  close(): void;
}

/** What one call of the system reads at most. */
const mostAtOnce = 2 ** 30;

/**
 * Opens a regular file; ranges are read where they are asked for.
 *
 * @throws Diagnostic TCT-5001, TCT-5002
 */
export function openSource(path: string): ByteSource {
  // Before it is opened: to open a pipe into which nobody writes takes forever.
  const stat = orDiagnostic(path, () => statSync(path));
  if (stat.isDirectory()) throw fileUnreadable(path, 'it is a directory: name one of the files in it');
  if (!stat.isFile()) throw fileUnreadable(path, 'it is a pipe or a device, of which no ranges can be read');
  const file = orDiagnostic(path, () => openSync(path, 'r'));
  return withRead(path, stat.size, {
    fill(bytes, offset) {
      for (let done = 0; done < bytes.length; ) {
        const wanted = Math.min(mostAtOnce, bytes.length - done);
        const count = orDiagnostic(path, () => readSync(file, bytes, done, wanted, offset + done));
        if (count === 0) throw fileUnreadable(path, 'it became shorter while it was read');
        done += count;
      }
    },
    close: () => closeSync(file),
  });
}

/** Bytes that are in memory. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return withRead(name, bytes.length, {
    fill: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
    close() {},
  });
}

/** A source whose ranges are checked before they are read, and before memory is taken for them. */
function withRead(
  name: string,
  size: number,
  { fill, close }: Pick<ByteSource, 'fill' | 'close'>,
): ByteSource {
  const check = (offset: number, length: number): void => {
    if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
      throw new RangeError(`the bytes ${offset} to ${offset + length} are not within ${size}`);
    }
  };
  return {
    name,
    size,
    read(offset, length) {
      check(offset, length);
      const bytes = memoryFor(name, length);
      fill(bytes, offset);
      return bytes;
    },
    fill(bytes, offset) {
      check(offset, bytes.length);
      fill(bytes, offset);
    },
    close,
  };
}

/** @throws Diagnostic TCT-5002 where Node has no room for so many */
function memoryFor(name: string, length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw fileUnreadable(name, `${length} bytes of it are needed at once, which is too much`, error);
  }
}

function orDiagnostic<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw fileNotThere(path);
    throw fileUnreadable(path, error.message, error);
  }
}
