import { playCommand } from '../../embedding/index.ts';
import { conflict, needsOption } from './diagnostics.ts';
import type { Manifest } from './documents.ts';
import { type MemoryInterfaceName, memoryInterfaces, memoryOptions } from './interface-options.ts';
import { flagOf } from './option-kinds.ts';
import type { GenerateValues } from './options.ts';

/** Whether what a core speaks reaches its memories. */
export function hasMemories(kind: string): kind is MemoryInterfaceName {
  return (memoryInterfaces as readonly string[]).includes(kind);
}

/** The options that decide whether an interface fits. */
export type InterfaceValues = Pick<
  GenerateValues,
  'interface' | 'arch' | 'negations' | 'accumulator' | 'cut' | 'initBits'
>;

/** Options that only some interfaces have, with these. */
const optionsOf = {
  baud: 'uart',
  mhz: 'uart or spi',
  ...Object.fromEntries([...Object.keys(memoryOptions), 'batch'].map(key => [key, 'wishbone, uart or spi'])),
} as Readonly<Record<string, string>>;

/** @throws Diagnostic TCT-6037 for an option that another interface has, among `keys`. */
export function requireOptions(kind: string, given: ReadonlySet<string>, keys: readonly string[]): void {
  for (const key of keys) {
    const names = optionsOf[key];
    if (names !== undefined && given.has(key) && !names.split(/, | or /).includes(kind))
      throw needsOption(`--${flagOf(key)}`, `--interface ${names}`);
  }
}

/**
 * What a core can speak depends on what it is.
 * @throws Diagnostic TCT-6006 for an array that the interface does not fit.
 */
export function requireInterface({
  interface: kind,
  arch,
  negations,
  accumulator,
  cut,
  initBits,
}: InterfaceValues): void {
  const given = `--interface ${kind}`;
  if (kind === 'stream') return;
  if (arch === 'hardwired')
    throw conflict(given, '--arch hardwired', 'weights in logic have plain ports: leave --interface out');
  if (arch === 'table')
    throw conflict(given, '--arch table', 'tables have two streams of their own: leave --interface out');
  if (kind === 'axi') return;
  if (negations === 'counted')
    throw conflict(
      given,
      '--negations counted',
      'the core keeps weights that were packed before: leave it out',
    );
  if (accumulator !== 'segments')
    throw conflict(
      given,
      `--accumulator ${accumulator}`,
      'the core adds up the sums of beats itself, in logic cells: leave it out',
    );
  if (cut !== undefined)
    throw conflict(given, '--cut', 'the core adds up the sums of beats itself: leave it out');
  if (initBits === 0)
    throw conflict(
      given,
      '--init-bits 0',
      'the constants of its weights come as initial values: leave it out',
    );
}

/** How the files of a core are tried. */
export function playHints(out: string, { top, files }: Pick<Manifest, 'top' | 'files'>): string[] {
  const models = files.filter(path => path.startsWith('models/'));
  return [`(cd ${out} && ${playCommand({ models })})`, `python3 ${out}/test_${top}.py`];
}
