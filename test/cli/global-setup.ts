import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compiledFolders } from '../support/compiled-folders.ts';

const root = resolve(import.meta.dirname, '..', '..');

/**
 * The tests of the command run what users run, which is the compiled package. It is compiled once, before all
 * tests, and only where a source is newer than it.
 */
export default function setup(): void {
  const compiled = statSync(join(root, 'dist', 'hdl-gen', 'cli', 'main.js'), { throwIfNoEntry: false });
  const newest = Math.max(
    ...compiledFolders(root)
      .flatMap(name => sourcesIn(join(root, name)))
      .map(path => statSync(path).mtimeMs),
  );
  if (compiled !== undefined && compiled.mtimeMs > newest) return;
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // Errors of type are for `npm run check`; what was compiled is what the tests judge.
  try {
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root });
  } catch {
    process.stderr.write('tsc reports errors: see npm run check\n');
  }
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));
}
