/** What took long to compile is kept in a folder of the user, by the hash of all that it was made from. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** `TERCET_CACHE`, or `tercet` in the folder that `XDG_CACHE_HOME` names, else in `~/.cache`. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { TERCET_CACHE, XDG_CACHE_HOME } = environment;
  if (TERCET_CACHE) return TERCET_CACHE;
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'tercet');
}

/** A name for what is made from these texts: the same for the same texts in the same order, and for no others. */
export function keyOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}\n`).update(part);
  return hash.digest('hex');
}

const digestBytes = 32;

const digestOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();

/** What was kept under a name; undefined where nothing is, or where it is damaged. */
export async function readCached(name: string, folder: string): Promise<Uint8Array | undefined> {
  const file = await readFile(join(folder, name)).catch(() => undefined);
  if (file === undefined || file.length < digestBytes) return undefined;
  const content = file.subarray(digestBytes);
  return digestOf(content).equals(file.subarray(0, digestBytes)) ? new Uint8Array(content) : undefined;
}

/**
 * Keeps something, with its own hash in front. It appears under its name only when it is complete. A folder that
 * cannot be written is no error: it is only slower the next time.
 */
export async function writeCached(name: string, content: Uint8Array, folder: string): Promise<void> {
  const path = join(folder, name);
  const unfinished = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, Buffer.concat([digestOf(content), content]));
    await rename(unfinished, path);
  } catch {
    await rm(unfinished, { force: true }).catch(() => {});
  }
}
