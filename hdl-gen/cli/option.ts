import { z } from 'zod';

/* What an option of `hdl-gen` is, and how one is made. */

/** One option. */
export interface Option<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly help: string;
  /** The heading that the help lists it under. */
  readonly group: Group;
  /** `-D NAME` and `-DNAME` mean the same as `--define NAME`. */
  readonly letter?: string | undefined;
  /** What its text looks like, for messages: `BUS:ADDRESS`. */
  readonly form?: string | undefined;
  /** A text that would be right. */
  readonly example?: string | undefined;
  /** Of an option that takes several values, with commas between or as a range, all of which are tried: one of them. */
  readonly each?: Option | undefined;
  /** Of a list: all words up to the next option are its values, where others take one and are given again. */
  readonly isGreedy?: boolean | undefined;
  /** Its value may stand alone, as the first word behind the command. */
  readonly isPositional?: boolean | undefined;
}

export type Group =
  | 'The array'
  | 'Its memories'
  | 'The target'
  | 'The data'
  | 'The results'
  | 'Verilog'
  | 'The run'
  | 'A placed design'
  | 'Other machines'
  | 'Output';

/** Options by key. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The values of a table's options. */
export type ValuesOf<T extends OptionTable> = { readonly [K in keyof T]: z.output<T[K]['schema']> };

export function option<S extends z.ZodType>(group: Group, schema: S, help: string): Option<S> {
  return { schema, help, group };
}

/** An option whose values are tried side by side. */
export function swept<S extends z.ZodType>(
  each: Option<S>,
  values: readonly z.output<S>[],
): Option<z.ZodType<readonly z.output<S>[]>> {
  const schema = z
    .array(each.schema)
    .min(1)
    .default([...values]) as z.ZodType<readonly z.output<S>[]>;
  return { group: each.group, help: each.help, schema, each };
}

export const whole = (min: number, max: number): z.ZodNumber => z.number().int().min(min).max(max);

export const file: z.ZodString = z.string().min(1);
