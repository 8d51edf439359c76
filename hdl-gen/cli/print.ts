import { cannotWrite, diskFull } from './diagnostics.ts';

/**
 * Writes data to standard output and waits until it is out. A reader that has seen enough (`| head`) is no error.
 * @throws Diagnostic TCT-6013 or TCT-6014 where it goes to a file that takes no more.
 */
export function printOnStandardOutput(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: NodeJS.ErrnoException | null): void => {
      if (error == null) process.stdout.off('error', done);
      // A write that fails tells its callback first and `error` later, which must still find a listener.
      if (error == null || error.code === 'EPIPE') resolve();
      else if (error.code === 'ENOSPC') reject(diskFull('standard output', error));
      else reject(cannotWrite('standard output', error.message, error));
    };
    process.stdout.on('error', done);
    process.stdout.write(text, done);
  });
}
