import { conflict, needsOption } from './diagnostics.ts';
import { type MemoryInterfaceName, memoryInterfaces, memoryOptions } from './interface-options.ts';
import { flagOf } from './option-kinds.ts';
import type { GenerateValues } from './options.ts';

/** Whether what a core speaks reaches its memories. */
export function hasMemories(kind: string): kind is MemoryInterfaceName {
  return (memoryInterfaces as readonly string[]).includes(kind);
}

/** The options of an interface, and of what it fits. */
export type InterfaceValues = Pick<
  GenerateValues,
  'interface' | 'arch' | 'negations' | 'accumulator' | 'cut' | 'initBits'
>;

/**
 * What a core can speak depends on what it is, and has options of its own.
 * @throws Diagnostic TCT-6006 for an array that the interface does not fit, TCT-6037 for an option of another interface.
 */
export function requireInterface(
  { interface: kind, arch, negations, accumulator, cut, initBits }: InterfaceValues,
  options: ReadonlySet<string>,
): void {
  const given = `--interface ${kind}`;
  if (!hasMemories(kind))
    for (const key of [...Object.keys(memoryOptions), 'batch'])
      if (options.has(key)) throw needsOption(`--${flagOf(key)}`, '--interface wishbone, uart or spi');
  if (kind !== 'uart' && options.has('baud')) throw needsOption('--baud', '--interface uart');
  if (kind !== 'uart' && kind !== 'spi' && options.has('mhz'))
    throw needsOption('--mhz', '--interface uart or spi');
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
  if (accumulator === 'dsp')
    throw conflict(given, '--accumulator dsp', 'the core keeps its sums in logic cells: leave it out');
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
export function playHints(out: string, top: string): string[] {
  return [
    `(cd ${out} && iverilog -g2005 -o testbench.vvp testbench.v verilog/*.v && vvp testbench.vvp)`,
    `python3 ${out}/test_${top}.py`,
  ];
}
