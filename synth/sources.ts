/** The Verilog that Yosys is to read. */
import { badRequest } from './diagnostics.ts';
import type { FileSet } from './tool.ts';

/** Verilog macros. */
export type Defines = Readonly<Record<string, string | number>>;

/**
 * The commands that read all files which end in `.v` or `.sv`, in their order.
 * @throws Diagnostic TCT-4010 where there is none.
 */
export function readCommands(files: FileSet, defines: Defines = {}): string[] {
  const sources = Object.keys(files).filter(path => /\.s?v$/.test(path));
  if (sources.length === 0)
    throw badRequest('files', 'without Verilog', 'at least one file ending in .v or .sv');
  const macros = defineOptions(defines).map(option => ` ${option}`);
  return sources.map(
    path => `read_verilog${path.endsWith('.sv') ? ' -sv' : ''}${macros.join('')} "${insidePath(path)}"`,
  );
}

/**
 * The options of `read_verilog` for macros.
 * @throws Diagnostic TCT-4010 for what cannot be an option: Yosys divides its commands at spaces.
 */
export function defineOptions(defines: Defines): string[] {
  return Object.entries(defines).map(([name, value]) => {
    if (!/^[A-Za-z_][\w$]*$/.test(name)) throw badRequest('defines', `"${name}"`, 'names of Verilog macros');
    if (/[\s;]/.test(String(value)))
      throw badRequest('defines', `"${name}=${value}"`, 'a value without spaces and semicolons');
    return `-D${name}=${value}`;
  });
}

/** The files under the names that `readCommands` uses. */
export function sourceFiles(files: FileSet): FileSet {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [insidePath(path), text]));
}

/** @throws Diagnostic TCT-4010 for what cannot be the name of a module. */
export function moduleName(top: string): string {
  if (!/^[A-Za-z_][\w$]*$/.test(top)) throw badRequest('top', `'${top}'`, 'the name of a Verilog module');
  return top;
}

/** A path as the tool's in-memory file system can have it: relative, and without `.` and `..`. */
function insidePath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .join('/');
}
