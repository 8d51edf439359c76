import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the folders of which the package is compiled: all but those that `tsconfig.build.json` leaves out. */
export function compiledFolders(root: string): string[] {
  const { exclude }: { exclude: string[] } = JSON.parse(
    readFileSync(join(root, 'tsconfig.build.json'), 'utf8'),
  );
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && !exclude.includes(entry.name))
    .map(({ name }) => name);
}
