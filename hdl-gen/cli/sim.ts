import type { Context, Outcome } from './command.ts';
import { conflict, needsOption } from './diagnostics.ts';
import { memoryOptions } from './interface-options.ts';
import { hasMemories, requireInterface, requireOptions } from './interfaces.ts';
import type { SimValues } from './options.ts';
import { requireNoForm } from './streamed.ts';

/** `hdl-gen sim`: the array with a product, or a user's own circuit or Verilog. Each has its own file. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { circuit, verilog } = values;
  const { given } = context;
  if (verilog === undefined) requireVerilog(values);
  else if (circuit !== undefined) throw conflict('--circuit', '--verilog', 'simulate one after the other');
  if (values.arch !== 'hardwired') requireNoForm(values);
  const ownDesign = verilog !== undefined ? '--verilog' : circuit !== undefined ? '--circuit' : undefined;
  if (ownDesign !== undefined && values.interface !== 'stream')
    throw conflict(
      `--interface ${values.interface}`,
      ownDesign,
      'it is for the array: leave one of them out',
    );
  requireInterface(values);
  requireOptions(values.interface, given, [...Object.keys(memoryOptions), 'baud', 'mhz']);
  const work =
    verilog !== undefined
      ? await import('./sim-verilog.ts')
      : circuit !== undefined
        ? await import('./sim-circuit.ts')
        : values.arch === 'hardwired'
          ? await import('./sim-hardwired.ts')
          : hasMemories(values.interface)
            ? await import('./sim-memory.ts')
            : await import('./sim-array.ts');
  return work.run(values, context);
}

/** @throws Diagnostic TCT-6037 for what only Verilog has. */
function requireVerilog(values: SimValues): void {
  for (const key of ['top', 'define', 'include', 'parameter', 'clock', 'reset', 'set'] as const)
    if (values[key] !== undefined) throw needsOption(`--${key}`, '--verilog');
}
