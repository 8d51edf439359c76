import { closeSync, copyFileSync, fsyncSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where drives are mounted. Tests bring their own. */
export interface Mounts {
  /** `/proc/mounts` of Linux. */
  readonly table: string;
  /** The folder in which macOS shows drives. */
  readonly volumes: string;
}

const ofSystem: Mounts = { table: '/proc/mounts', volumes: '/Volumes' };

/** The folder of the mounted drive of that label; undefined where there is none. Linux and macOS. */
export function findDrive(label: string, mounts: Mounts = ofSystem): string | undefined {
  try {
    for (const line of readFileSync(mounts.table, 'utf8').split('\n')) {
      // Spaces and a few others are written as octal numbers there.
      const folder = line
        .split(' ')[1]
        ?.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
      if (folder !== undefined && basename(folder) === label) return folder;
    }
    return undefined;
  } catch {
    // No Linux.
  }
  try {
    return readdirSync(mounts.volumes).includes(label) ? join(mounts.volumes, label) : undefined;
  } catch {
    return undefined;
  }
}

/** Copies a file to a drive, and returns when it is there and not only in the system's memory. */
export function copyToDrive(file: string, drive: string): void {
  const copy = join(drive, basename(file));
  copyFileSync(file, copy);
  const handle = openSync(copy, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
