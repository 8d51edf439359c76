import * as arithmetic from './arithmetic.ts';
import * as bitwise from './bitwise.ts';
import * as choice from './choice.ts';
import type { Operation } from './operation.ts';

type Rows = typeof arithmetic & typeof bitwise & typeof choice;

/** The name of a row of the table. */
export type OperationName = keyof Rows;

/** The parameters that a row takes. */
export type ParametersOf<N extends OperationName> = Rows[N] extends Operation<infer P> ? P : never;

/**
 * The table of operations. Each row knows its interval, its meaning, its Verilog and its fast code; adding a
 * primitive is adding one row.
 */
export const operations: Rows = { ...arithmetic, ...bitwise, ...choice };

/** A row looked up by a name that is known only at run time. */
export function operationNamed(name: OperationName): Operation {
  return operations[name] as Operation;
}

export type { Machine } from './machine.ts';
export type { Operation } from './operation.ts';
export type { Operand, VerilogForms } from './verilog-forms.ts';
