import type nodeFs from 'node:fs';
import { dirname } from 'node:path';
import { Diagnostic } from '../../diagnostic/index.ts';
import { cannotWrite, diskFull, notWritable, outIsFile } from './diagnostics.ts';

/** What is used of Node's file system; tests put one in its place that fails. */
export type FileSystem = Pick<
  typeof nodeFs,
  | 'existsSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'rmSync'
  | 'statSync'
  | 'writeFileSync'
>;

/** Contents by path inside the folder, with `/`. */
export type SetOfFiles = Readonly<Record<string, string | Uint8Array>>;

/** An error of the file system in words for the user. */
export function told(error: unknown, path: string): unknown {
  if (error instanceof Diagnostic || !(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return notWritable(path, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return outIsFile('path' in error ? shortPath(String(error.path)) : path);
    default:
      return cannotWrite(path, reason(error), error);
  }
}

/** What the system's other refusals mean, without its own abbreviations. */
function reason(error: Error & { code?: unknown; syscall?: unknown; path?: unknown }): string {
  const folder = typeof error.path === 'string' ? dirname(shortPath(error.path)) : 'it';
  switch (error.code) {
    case 'ENOENT':
      // Folders are made from the outermost inwards, so the one around it is there.
      if (error.syscall === 'mkdir') return `the system lets nobody make a folder in '${folder}'`;
      return `there is no folder '${folder}'`;
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'ELOOP':
      return 'its path goes round in a circle of links';
    default:
      return error.message;
  }
}

function shortPath(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
