import type { Context } from './command.ts';
import { randomSubject } from './cosim-circuit.ts';
import type { CosimSubject } from './cosim-subject.ts';
import { hardwiredOf } from './hardwired.ts';
import type { CosimValues } from './options.ts';

/** A matrix in logic with random inputs; `hdl-gen sim` holds its sums against the integer reference. */
export async function hardwiredSubject(values: CosimValues, context: Context): Promise<CosimSubject> {
  const { design, config, options } = context.interrupts.uncovered(() => hardwiredOf(values));
  const subject = await randomSubject(
    design(),
    options,
    `${config.form}, ${config.weights}`,
    values,
    context,
  );
  return { ...subject, document: { config } };
}
