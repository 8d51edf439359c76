import { conflict } from './call-diagnostics.ts';

/*
 * `--weights` is a kind of weights or the file that they are in. A kind and `--arch` say the same in two ways: `binary` is
 * the weights that the family `binary` takes.
 */

const kinds: readonly string[] = ['ternary', 'binary'];

/** Whether `--weights` names a kind; otherwise it names a file. */
export function isKind(weights: string): boolean {
  return kinds.includes(weights);
}

/**
 * The values of a call whose `--weights` agrees with its `--arch`.
 * @param asked what the command line or the config file says; the rest are defaults.
 * @throws Diagnostic TCT-6006 where one contradicts the other.
 */
export function withKind(
  values: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { weights, arch } = asked;
  if (weights === 'ternary' && arch === 'binary')
    throw conflict('--weights ternary', '--arch binary', "leave --weights out, or take '--arch tree-folded'");
  if (weights !== 'binary') return values;
  if (arch === undefined || arch === 'binary') return { ...values, arch: 'binary', weights: kinds[0] };
  const help =
    arch === 'hardwired'
      ? 'give the file of the weights: --weights FILE'
      : "leave --arch out, or take '--arch binary'";
  throw conflict('--weights binary', `--arch ${arch}`, help);
}
