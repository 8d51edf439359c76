import { join } from 'node:path';
import type { FileSystem } from './write-errors.ts';

/** What earlier calls made in a folder, as their documents tell. */
export interface MadeFiles {
  readonly all: ReadonlySet<string>;
  /** The files of one document that no other document lists. */
  of(document: string): ReadonlySet<string>;
}

/** The documents that list the files they came with. */
const documents = [
  'manifest.json',
  'report.json',
  'sim.json',
  'explore.json',
  'jobs.json',
  'weights.json',
  'energy.json',
];

/** Looks for the documents in a folder. */
export function madeFiles(folder: string, fs: FileSystem): MadeFiles {
  const lists = new Map(documents.map(name => [name, listOf(join(folder, name), name, fs)]));
  return {
    all: new Set([...lists.values()].flat()),
    of(document) {
      const others = new Set([...lists].filter(([name]) => name !== document).flatMap(([, list]) => list));
      return new Set((lists.get(document) ?? []).filter(name => !others.has(name)));
    },
  };
}

function listOf(path: string, name: string, fs: FileSystem): string[] {
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(path, 'utf8'));
  } catch {
    // Not there, or not ours.
    return [];
  }
  if (typeof content !== 'object' || content === null) return [];
  const { schema, files } = content as { schema?: unknown; files?: unknown };
  if (typeof schema !== 'string' || !/^tercet\.\w+\/\d+$/.test(schema)) return [];
  const listed = Array.isArray(files) ? files.filter(file => typeof file === 'string') : [];
  return [name, ...listed.filter(isInside)];
}

/** Whether a path stays in the folder, whoever wrote it there. */
function isInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
}
