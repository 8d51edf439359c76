import type { Context, Outcome } from './command.ts';
import type { SimValues } from './options.ts';

/** `hdl-gen sim`: the array with a product, or a user's own circuit. Each has its own file. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const work =
    values.circuit === undefined ? await import('./sim-array.ts') : await import('./sim-circuit.ts');
  return work.run(values, context);
}
