import { badValue } from './diagnostics.ts';
import { kindOf } from './option-kinds.ts';
import type { Option } from './options.ts';
import { sweptValues } from './swept.ts';

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

/**
 * The values of a swept option: from a text such as `8..64x2`, or from a number or a list in the config file.
 *
 * @throws Diagnostic TCT-6002
 */
export function checkSwept(
  given: string,
  option: Option & { readonly each: Option },
  value: unknown,
  shown: string,
  example: string,
): unknown[] {
  const values = typeof value === 'string' ? sweptValues(value) : [value].flat();
  const checked = values?.map(each => option.each.schema.safeParse(each));
  if (checked === undefined || checked.length === 0 || checked.some(({ success }) => !success))
    throw badValue(given, kindOf(option), shown, example);
  return checked.map(({ data }) => data);
}
