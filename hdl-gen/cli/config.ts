import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Diagnostic } from '../../diagnostic/index.ts';
import type { Command } from './command.ts';
import { generateCommand, subcommands } from './commands.ts';
import { configBroken, twoConfigs, unknownKey } from './diagnostics.ts';
import { defaultOf } from './option-kinds.ts';
import { checkSwept, checkValue } from './values.ts';

const fileNames = ['tercet.config.ts', 'tercet.config.json'];

/**
 * The options that the config file of the working directory gives for a command; nothing where there is no file.
 * A key of another command is no mistake: all commands share the file.
 * @throws Diagnostic TCT-6007 (unreadable), TCT-6008 (unknown key), TCT-6009 (two files), TCT-6002 (a wrong value).
 */
export async function loadConfig(command: Command): Promise<Readonly<Record<string, unknown>>> {
  const found = fileNames.filter(name => existsSync(resolve(name)));
  if (found.length > 1) throw twoConfigs(found);
  const [file] = found;
  if (file === undefined) return {};
  const content = file.endsWith('.ts') ? await fromTypeScript(file) : fromJson(file);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw configBroken(file, 'it is not a record of options');

  const tables = [generateCommand, ...Object.values(subcommands)].map(({ options }) => options);
  const known = [...new Set(tables.flatMap(options => Object.keys(options)))];
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    if (!known.includes(key)) {
      const { nearestName } = await import('../../synth/index.ts');
      throw unknownKey(file, key, nearestName(key, known));
    }
    const option = command.options[key];
    if (option === undefined || value === undefined) continue;
    const example = JSON.stringify({ [key]: defaultOf(option) ?? value });
    const { each } = option;
    values[key] =
      each === undefined
        ? checkValue(`${key} in ${file}`, option, value, show(value), example)
        : checkSwept(`${key} in ${file}`, { ...option, each }, value, show(value), example);
  }
  return values;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `the text '${value}'` : JSON.stringify(value);
}

function fromJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(file), 'utf8')) as unknown;
  } catch (error) {
    throw configBroken(file, error instanceof Error ? error.message : String(error), undefined, error);
  }
}

async function fromTypeScript(file: string): Promise<unknown> {
  const { importTypeScript } = await import('./typescript.ts');
  try {
    const { default: content } = await importTypeScript(resolve(file));
    if (content === undefined) throw configBroken(file, 'it has no default export');
    return content;
  } catch (error) {
    if (error instanceof Diagnostic && error.code !== 'TCT-6024') throw error;
    const { message, at } = error as Diagnostic;
    throw configBroken(file, message, at, error);
  }
}
