import { z } from 'zod';
import type { Option } from './options.ts';

/** What a schema takes, for messages and for the parser. */
export type Kind =
  | {
      readonly type: 'number';
      readonly isWhole: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'swept'; readonly each: Kind }
  | { readonly type: 'text'; readonly form: string | undefined }
  | { readonly type: 'boolean' | 'texts' };

/** What an option takes. */
export function kindOf({ schema, each, form }: Option): Kind {
  if (each !== undefined) return { type: 'swept', each: kindOf(each) };
  let inner: z.ZodType = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap() as z.ZodType;
  if (inner instanceof z.ZodNumber) {
    const { minValue, maxValue } = inner;
    return { type: 'number', isWhole: inner.isInt, min: minValue ?? undefined, max: maxValue ?? undefined };
  }
  if (inner instanceof z.ZodEnum) return { type: 'choice', choices: inner.options.map(String) };
  if (inner instanceof z.ZodArray) return { type: 'texts' };
  return inner instanceof z.ZodBoolean ? { type: 'boolean' } : { type: 'text', form };
}

/** The value that an option has when nothing is given. */
export function defaultOf({ schema }: Option): unknown {
  return schema.safeParse(undefined).data;
}

/** `activationBits` as it is typed: `activation-bits`. */
export function flagOf(key: string): string {
  return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
