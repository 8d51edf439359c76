import { badValue } from './diagnostics.ts';
import { kindOf, type Option } from './options.ts';

/**
 * The value, checked against the option's schema.
 *
 * @param given how the user calls the option: `--lanes`, or a key of the config file.
 * @param shown the value as the user wrote it.
 * @param example how it would be right.
 * @throws Diagnostic TCT-6002
 */
export function checkValue(
  given: string,
  option: Option,
  value: unknown,
  shown: string,
  example: string,
): unknown {
  const checked = option.schema.safeParse(value);
  if (!checked.success) throw badValue(given, kindOf(option), shown, example);
  return checked.data;
}
