import { readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Which line of TypeScript asked for a signal. Every signal carries it, so capturing has to be cheap: the stack is
 * taken as call sites (no text is made), only the first frame outside the language is looked at, and each distinct
 * position is mapped through its source map once.
 */

/** The folder that the rooms are in, compiled or not. */
const roomsFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Frames inside these rooms belong to the language and not to its user. */
const languageFolders = ['diagnostic', 'ir', 'hdl-gen/lang'].map(room => join(roomsFolder, room) + sep);

/** The folder of the package: paths inside it are told relative to it, whether the code runs compiled or not. */
const packageFolder = roomsFolder.replace(/[/\\]dist$/, '');

/** Frames that are looked at: almost always the first number suffices, and fewer frames cost less time. */
const stackDepths = [8, 64];

/** The places that were told before, by file, line and column as the stack has them. */
const known = new Map<string, string>();
const maps = new Map<string, SourceMap | undefined>();
/** The path of each file on the stack that belongs to the user; undefined for those of the language and of Node. */
const userPaths = new Map<string, string | undefined>();

/**
 * The user's line that is being executed, as `folder/file.ts:12`; `unknown` where the stack does not tell. Lines of the
 * folder `beyond` are passed over too, for a room that checks what it is given before it builds anything.
 */
export function callerLine(beyond?: string): string {
  for (const depth of stackDepths) {
    const { sites, prepare } = callSites(depth);
    for (const site of sites) {
      const path = userPath(site.getFileName());
      const isInside = beyond !== undefined && path?.startsWith(beyond + sep);
      if (path !== undefined && !isInside) return mappedLine(site, path, prepare);
    }
  }
  return 'unknown';
}

/** The same where that line is the user's own; undefined where it is of the command or of the hardware that comes with Tercet. */
export function ownLine(beyond: string): string | undefined {
  const line = callerLine(beyond);
  return /^(hdl-gen|rtl)[/\\]/.test(line) || line === 'unknown' ? undefined : line;
}

type Prepare = typeof Error.prepareStackTrace;

/** The frames below `callerLine`, and how texts are made of stacks otherwise. */
function callSites(depth: number): { sites: readonly NodeJS.CallSite[]; prepare: Prepare } {
  const prepare = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  let sites: readonly NodeJS.CallSite[] = [];
  Error.prepareStackTrace = (_error, frames) => {
    sites = frames;
    return '';
  };
  Error.stackTraceLimit = depth;
  const probe: { stack?: string } = {};
  Error.captureStackTrace(probe, callerLine);
  // Reading the property is what calls `prepareStackTrace`.
  void probe.stack;
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  return { sites, prepare };
}

function userPath(file: string | null | undefined): string | undefined {
  if (file === null || file === undefined) return undefined;
  if (userPaths.has(file)) return userPaths.get(file);
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const isUsers = !file.startsWith('node:') && !languageFolders.some(folder => path.startsWith(folder));
  userPaths.set(file, isUsers ? path : undefined);
  return userPaths.get(file);
}

function mappedLine(site: NodeJS.CallSite, path: string, prepare: Prepare): string {
  const line = site.getLineNumber() ?? 0;
  const column = site.getColumnNumber() ?? 0;
  const key = `${path}:${line}:${column}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const mapped = throughLoader(site, prepare) ?? throughSourceMap(path, line, column) ?? { path, line };
  const told = `${displayPath(mapped.path)}:${mapped.line}`;
  known.set(key, told);
  return told;
}

interface Position {
  readonly path: string;
  readonly line: number;
}

/** A test runner that compiles in memory keeps the maps to itself, but shows mapped positions in its stack texts. */
function throughLoader(site: NodeJS.CallSite, prepare: Prepare): Position | undefined {
  if (prepare === undefined) return undefined;
  const text = String(prepare(new Error(), [site]));
  const match = /(?:\(|at (?:async )?)([^()\n]+):(\d+):\d+\)?\s*$/.exec(text);
  if (match === null) return undefined;
  const path = match[1]!.startsWith('file:') ? fileURLToPath(match[1]!) : match[1]!;
  // Node's own texts know nothing of source maps.
  const isMapped = match[1] !== site.getFileName() || Number(match[2]) !== site.getLineNumber();
  return isMapped ? { path, line: Number(match[2]) } : undefined;
}

function throughSourceMap(path: string, line: number, column: number): Position | undefined {
  const entry = sourceMapOf(path)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return undefined;
  const source = entry.originalSource;
  return {
    path: source.startsWith('file:') ? fileURLToPath(source) : resolve(dirname(path), source),
    line: entry.originalLine + 1,
  };
}

function sourceMapOf(path: string): SourceMap | undefined {
  const loaded = findSourceMap(path);
  if (loaded !== undefined) return loaded;
  if (!maps.has(path)) maps.set(path, readSourceMap(`${path}.map`));
  return maps.get(path);
}

function readSourceMap(path: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  } catch {
    // Code without a source map is told by its own lines.
    return undefined;
  }
}

function displayPath(path: string): string {
  for (const base of [packageFolder, process.cwd()]) {
    const inside = relative(base, path);
    if (!inside.startsWith('..') && inside !== path) return inside.replaceAll('\\', '/');
  }
  return basename(path);
}
