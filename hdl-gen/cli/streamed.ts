import { badValue, conflict, needsOption } from './diagnostics.ts';
import type { ArrayValues } from './options.ts';
import { isKind } from './weights.ts';

/*
 * What the options of `--arch hardwired` may be where the weights are no logic, but come as a stream.
 */

/**
 * The array is generated for weights that it is given when it runs.
 * @param example how the call would be right.
 * @throws Diagnostic TCT-6037 for --form, TCT-6002 for a kind of weights that there is not.
 */
export function requireStreamed(
  command: string,
  values: Pick<ArrayValues, 'form'> & { readonly weights: string },
  example = `${command} --weights ternary`,
): void {
  requireNoForm(values);
  if (isKind(values.weights)) return;
  const { weights } = values;
  throw badValue('--weights', { type: 'choice', choices: ['ternary', 'binary'] }, `'${weights}'`, example);
}

/**
 * The same where the weights may be a file that is streamed.
 * @throws Diagnostic TCT-6037
 */
export function requireNoForm({ form }: Pick<ArrayValues, 'form'>): void {
  if (form !== 'parallel') throw needsOption(`--form ${form}`, '--arch hardwired');
}

/**
 * For commands that have no way with weights in logic.
 * @throws Diagnostic TCT-6006
 */
export function requireArray(command: string, { arch }: Pick<ArrayValues, 'arch'>): void {
  if (arch === 'hardwired')
    throw conflict(command, '--arch hardwired', 'compare its netlist with hdl-gen cosim --arch hardwired');
}
