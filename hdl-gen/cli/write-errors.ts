import type nodeFs from 'node:fs';
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
      return cannotWrite(path, error.message, error);
  }
}

function shortPath(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
