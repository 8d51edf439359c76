import nodeFs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inTheWay, outIsFile } from './diagnostics.ts';
import { madeFiles } from './made-files.ts';
import { type FileSystem, type SetOfFiles, told } from './write-errors.ts';

export type { FileSystem, SetOfFiles } from './write-errors.ts';

/**
 * Writes a set of files into the folder `out`: all of them or none. It is one synchronous go, so an interrupt comes
 * before it or after it.
 *
 * The files are first written to a folder of their own beside their place, where a full disk does no harm, and then
 * renamed into place; if that fails half-way, it is undone. Files that an earlier call made for the same document
 * and that are not made any more are removed. Nothing else in `out` is touched.
 *
 * @param document the file of the set that lists the others, `manifest.json`: it says later what was made here.
 * @throws Diagnostic TCT-6010 to TCT-6014.
 */
export function writeFileSet(
  out: string,
  files: SetOfFiles,
  document: string,
  fs: FileSystem = nodeFs,
): void {
  const folder = resolve(out);
  const undo: (() => void)[] = [];
  try {
    const isThere = checkFolder(out, folder, fs);
    const made = isThere ? madeFiles(folder, fs) : { all: new Set<string>(), of: () => new Set<string>() };
    for (const name of Object.keys(files)) {
      if (!made.all.has(name) && fs.existsSync(join(folder, name))) throw inTheWay(join(out, name));
    }
    // A folder that is there may be a disk of its own: what is renamed must lie on the same one.
    const parent = isThere ? folder : dirname(folder);
    makeFolder(parent, undo, fs);
    const work = join(parent, `.hdl-gen-${process.pid}`);
    undo.push(() => fs.rmSync(work, { recursive: true, force: true }));
    const fresh = join(work, 'new');
    for (const [name, content] of Object.entries(files)) {
      makeFolder(dirname(join(fresh, name)), [], fs);
      fs.writeFileSync(join(fresh, name), content);
    }
    if (!isThere) {
      fs.renameSync(fresh, folder);
    } else {
      const stale = [...made.of(document)].filter(name => !(name in files));
      replace(folder, work, { fresh: Object.keys(files), stale }, undo, fs);
      removeEmptyFolders(folder, stale, fs);
    }
    fs.rmSync(work, { recursive: true, force: true });
  } catch (error) {
    for (const step of undo.reverse()) attempt(step);
    throw told(error, out);
  }
}

/** Whether the folder is there. */
function checkFolder(out: string, folder: string, fs: FileSystem): boolean {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) throw outIsFile(out);
  return found !== undefined;
}

/**
 * Makes a folder and those above it, one by one: with `recursive`, Node 20 never returns where the system refuses a
 * folder with ENOENT, as `/proc` does.
 */
function makeFolder(folder: string, undo: (() => void)[], fs: FileSystem): void {
  if (isFolder(folder, fs)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder), undo, fs);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process may have made it in this very moment.
    if (isFolder(folder, fs)) return;
    throw error;
  }
  // Only folders that are empty go again, from the innermost outwards.
  undo.push(() => fs.rmdirSync(folder));
}

function isFolder(path: string, fs: FileSystem): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Puts the old files aside and the new ones in their places. */
function replace(
  folder: string,
  work: string,
  names: { readonly fresh: readonly string[]; readonly stale: readonly string[] },
  undo: (() => void)[],
  fs: FileSystem,
): void {
  const move = (from: string, to: string): void => {
    makeFolder(dirname(to), undo, fs);
    fs.renameSync(from, to);
    undo.push(() => fs.renameSync(to, from));
  };
  for (const name of [...names.fresh, ...names.stale]) {
    if (fs.existsSync(join(folder, name))) move(join(folder, name), join(work, 'old', name));
  }
  for (const name of names.fresh) move(join(work, 'new', name), join(folder, name));
}

function removeEmptyFolders(folder: string, names: readonly string[], fs: FileSystem): void {
  for (const name of names) {
    for (let inner = dirname(name); inner !== '.'; inner = dirname(inner)) {
      attempt(() => fs.rmdirSync(join(folder, inner)));
    }
  }
}

/** Does what may fail without harm: a folder that is not empty stays. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Nothing more can be done about it.
  }
}
