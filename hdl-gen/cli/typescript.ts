import { register as registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Diagnostic } from '../../diagnostic/index.ts';
import { circuitFails } from './diagnostics.ts';

let isRegistered = false;

/**
 * A file that has no package.json with a type beside it would be taken for CommonJS, from where `tercet`, an ES
 * module, cannot be loaded on every Node. A `.ts` file here always is an ES module.
 */
const modulesOnly = `
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  return /\\.ts(\\?|$)/.test(found.url) && found.format === 'commonjs' ? { ...found, format: 'module' } : found;
}`;

async function registerOnce(): Promise<void> {
  if (isRegistered) return;
  isRegistered = true;
  const { register } = await import('tsx/esm/api');
  register();
  // The hook that is registered last is asked first.
  registerHooks(`data:text/javascript,${encodeURIComponent(modulesOnly)}`);
}

/**
 * Imports a user's TypeScript. It is loaded into this process without a namespace of its own, so that `tercet` in
 * it is the very module that the command runs on.
 *
 * @param path an absolute path
 * @throws Diagnostic TCT-6024 for what the file throws, and Diagnostics that come from within it as they are.
 */
export async function importTypeScript(path: string): Promise<Readonly<Record<string, unknown>>> {
  await registerOnce();
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw told(error, path);
  }
}

/** What an error from a user's file is called in front of the user: never a stack. */
export function told(error: unknown, path: string): Diagnostic {
  if (error instanceof Diagnostic) return error;
  const shown = relative(process.cwd(), path);
  if (!(error instanceof Error)) return circuitFails(shown, `it threw ${String(error)}`, undefined, error);
  const syntax = /^(.+?):(\d+):(\d+): ERROR: (.+)$/m.exec(error.message);
  if (syntax !== null) {
    return circuitFails(
      shown,
      syntax[4]!,
      `${relative(process.cwd(), syntax[1]!)}:${syntax[2]}:${syntax[3]}`,
      error,
    );
  }
  const message = error.message.replaceAll(/file:\/\/\S+?(?=['")\s]|$)/g, url =>
    relative(process.cwd(), fileURLToPath(url)),
  );
  const why = error.name === 'Error' ? firstLine(message) : `${error.name}: ${firstLine(message)}`;
  return circuitFails(shown, why, userLine(error, path), error);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replaceAll(`${process.cwd()}/`, '');
}

/** The innermost line of the user's file on the stack. */
function userLine(error: Error, path: string): string | undefined {
  for (const line of (error.stack ?? '').split('\n')) {
    const place = /\(?((?:file:\/\/)?\/[^\s()]+?)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(line.trim());
    if (place === null) continue;
    const file = place[1]!.startsWith('file:') ? fileURLToPath(place[1]!) : place[1]!;
    if (file === path) return `${relative(process.cwd(), file)}:${place[2]}:${place[3]}`;
  }
  return undefined;
}
